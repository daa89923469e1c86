package serve

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// A door lets connections in: of one address a few at a time, and not again and
// again unless they log in. So neither a flood of connections nor one that never
// says anything disturbs those inside.
type door struct {
	mu       sync.Mutex
	visitors map[netip.Prefix]*visitor
	waiting  int // connections at the door
}

// A visitor is an address, or the network of an IPv6 one.
type visitor struct {
	slots   chan struct{} // of the connections that log in
	waiting int
	credit  float64 // connections that may fail to log in
	counted time.Time
}

const (
	mostWaiting  = 512 // connections at the door
	mostAtOnce   = 8   // of one address that log in
	mostVisitors = 4096
	mostCredit   = 100
	creditASec   = 2
	patience     = 20 * time.Second // for a login
)

// A guest is a connection that has come to the door.
type guest struct {
	net.Conn
	leave    func(loggedIn bool)
	channels atomic.Int32
}

func (g *guest) Close() error {
	g.leave(false)
	return g.Conn.Close()
}

// admit waits until a connection may log in. It returns nil if that is refused.
func (d *door) admit(conn net.Conn) *guest {
	v := d.meet(networkOf(conn.RemoteAddr()), time.Now())
	if v == nil {
		return nil
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case v.slots <- struct{}{}:
	case <-late.C:
		d.gone(v, false)
		return nil
	}
	var once sync.Once
	return &guest{Conn: conn, leave: func(loggedIn bool) {
		once.Do(func() {
			<-v.slots
			d.gone(v, loggedIn)
		})
	}}
}

// meet returns who comes from a network, or nil if it has no credit left.
func (d *door) meet(from netip.Prefix, now time.Time) *visitor {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.visitors == nil || len(d.visitors) >= mostVisitors {
		kept := make(map[netip.Prefix]*visitor)
		for from, v := range d.visitors {
			if v.waiting > 0 {
				kept[from] = v
			}
		}
		d.visitors = kept
	}
	v := d.visitors[from]
	if v == nil {
		v = &visitor{slots: make(chan struct{}, mostAtOnce), credit: mostCredit, counted: now}
		d.visitors[from] = v
	}
	v.credit = min(mostCredit, v.credit+creditASec*now.Sub(v.counted).Seconds())
	v.counted = now
	if d.waiting >= mostWaiting || v.credit < 1 {
		return nil
	}
	v.waiting++
	d.waiting++
	return v
}

func (d *door) gone(v *visitor, loggedIn bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting--
	v.waiting--
	if !loggedIn {
		v.credit = max(0, v.credit-1)
	}
}

// networkOf is the address of a connection, or the network of an IPv6 one.
func networkOf(addr net.Addr) netip.Prefix {
	at, _ := netip.ParseAddrPort(addr.String())
	ip := at.Addr().Unmap().WithZone("")
	bits := 64
	if ip.Is4() {
		bits = 32
	}
	network, _ := ip.Prefix(bits)
	return network
}
