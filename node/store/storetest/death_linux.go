package storetest

import "syscall"

// dieWithUs makes the server shut down at once when this process dies, however
// it dies.
func dieWithUs(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGQUIT }
