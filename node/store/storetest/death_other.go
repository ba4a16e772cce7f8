//go:build unix && !linux

package storetest

import "syscall"

// dieWithUs can do nothing here: only Linux tells a child of its parent's death.
// What a killed test binary leaves behind is a server that nobody calls.
func dieWithUs(*syscall.SysProcAttr) {}
