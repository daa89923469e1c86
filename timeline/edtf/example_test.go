package edtf_test

import (
	"fmt"

	"dateline/timeline/edtf"
)

func Example() {
	d, err := edtf.Parse("2024-06~")
	if err != nil {
		fmt.Println(err)
		return
	}
	from, to := d.Span()
	fmt.Println(d.Words())
	fmt.Println(d.Column())
	fmt.Println(from, "to", to)
	fmt.Println("some of it after the 15th:", d.Overlaps(edtf.DayOf(2024, 6, 15), edtf.Future))
	fmt.Println("certainly so:", d.Certainly(edtf.DayOf(2024, 6, 15), edtf.Future))
	// Output:
	// c. June 2024
	// ~2024-06
	// 2024-06-01 to 2024-06-30
	// some of it after the 15th: true
	// certainly so: false
}

func ExampleError() {
	for _, s := range []string{"2023-02-29", "199u", "2004-06-~11"} {
		_, err := edtf.Parse(s)
		fmt.Println(err)
	}
	// Output:
	// date "2023-02-29", column 9: February 2023 has 28 days
	// date "199u", column 4: unspecified digits are written X; write 199X
	// date "2004-06-~11", column 9: a qualifier before a date or part of it is EDTF level 2; write 2004-06-11~
}
