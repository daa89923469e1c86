package serve

import (
	"net"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

// from is a connection from an address.
type from struct {
	net.Conn
	addr string
}

func (f from) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(f.addr))
}
func (from) Close() error { return nil }

func TestAFloodFromOneAddressLeavesRoomForOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d door
		let := 0
		for range 1000 { // in a minute, none of which logs in
			if g := d.admit(from{addr: "192.0.2.1:1000"}); g != nil {
				let++
				g.Close()
				g.Close()
			}
			time.Sleep(60 * time.Millisecond)
		}
		if let < 150 || let > 300 {
			t.Errorf("%d of 1000 connections came in", let)
		}
		if d.admit(from{addr: "192.0.2.1:1000"}) == nil && d.admit(from{addr: "192.0.2.2:1000"}) == nil {
			t.Error("another address does not come in")
		}
		time.Sleep(time.Minute)
		if d.admit(from{addr: "192.0.2.1:1000"}) == nil {
			t.Error("the address does not come in later")
		}
	})
}

func TestThoseWhoLogInComeAsOftenAsTheyLike(t *testing.T) {
	var d door
	for n := range 1000 {
		g := d.admit(from{addr: "[2001:db8::1]:22"})
		if g == nil {
			t.Fatalf("connection %d is refused", n)
		}
		g.leave(true)
		g.Close()
	}
	if d.waiting != 0 || networkOf(from{addr: "[2001:db8::1]:22"}.RemoteAddr()) != networkOf(from{addr: "[2001:db8::2]:22"}.RemoteAddr()) {
		t.Errorf("%d still wait", d.waiting)
	}
}

// Connections that never say anything hold the door for a while.
func TestSilentConnectionsDoNotBlockOtherAddresses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d door
		for range 50 {
			go d.admit(from{addr: "192.0.2.1:1000"})
		}
		synctest.Wait()
		began := time.Now()
		if g := d.admit(from{addr: "192.0.2.2:1000"}); g == nil || time.Since(began) > 0 {
			t.Error("another address waits")
		}
		time.Sleep(2 * patience)
	})
}
