// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package web

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
	"golang.org/x/time/rate"

	"stet"
)

// ClientOptions are the limits of a Client; zero fields have the defaults.
type ClientOptions struct {
	Version string // of Stet, for the User-Agent
	Home    string // the magazine's address, for the User-Agent: whom to complain to

	// AllowPrivate lifts the guard: any address, any port. For tests, and for
	// an operator who imports from a machine in the same house.
	AllowPrivate bool

	// Inside lets requests go to the house's own network too, on any port: for
	// a service that an administrator has named. What no service of a house
	// stands at stays shut, above all the addresses at which clouds hand out
	// their keys.
	Inside bool

	MaxBytes       int64         // of an answer, as sent and as unpacked; 64 MiB
	MaxRedirects   int           // 5; a negative number refuses them all
	ConnectTimeout time.Duration // for each of name and connection, and TLS; 10 s
	HeaderTimeout  time.Duration // from the request to the answer's header; 20 s
	Timeout        time.Duration // for the whole, to the last byte of the body; 2 min
	PerHost        int           // requests at a time to one host; 4
	PerSecond      float64       // requests a second to one host; 10

	ports   []uint16       // those that are allowed; 80 and 443
	allowed []netip.Prefix // addresses that count as public, in tests
}

func (o ClientOptions) withDefaults() ClientOptions {
	o.Version = pick(o.Version, "dev")
	o.MaxBytes = pick(o.MaxBytes, 64<<20)
	o.MaxRedirects = pick(o.MaxRedirects, 5)
	o.ConnectTimeout = pick(o.ConnectTimeout, 10*time.Second)
	o.HeaderTimeout = pick(o.HeaderTimeout, 20*time.Second)
	o.Timeout = pick(o.Timeout, 2*time.Minute)
	o.PerHost = pick(o.PerHost, 4)
	o.PerSecond = pick(o.PerSecond, 10)
	if o.ports == nil {
		o.ports = []uint16{80, 443}
	}
	return o
}

// pick returns v unless it is zero.
func pick[T comparable](v, def T) T {
	if v == *new(T) {
		return def
	}
	return v
}

// Client makes the requests that leave the house: pictures and feeds of an
// import, captures, pings. The addresses come from outside, so that it goes
// only to the public internet, whatever a name resolves to and wherever an
// answer redirects, and takes only so much, in time and in bytes. It keeps no
// cookies and heeds no proxy settings: a proxy would connect unguarded.
type Client struct {
	http    http.Client
	options ClientOptions
	agent   string
}

// Response is the answer to a request. The caller closes Body, which fails with
// stet.TooLarge rather than end early, and is unpacked already.
type Response struct {
	Status int
	Header http.Header
	URL    *url.URL // where the redirects led
	Body   io.ReadCloser
}

// NewClient returns a Client.
func NewClient(o ClientOptions) *Client {
	o = o.withDefaults()
	dialer := &net.Dialer{Timeout: o.ConnectTimeout}
	if !o.AllowPrivate {
		// The address is looked at when the name has been resolved and the
		// socket is about to connect: no name can change its mind in between.
		dialer.Control = o.guard()
	}
	c := &Client{options: o, agent: "Stet/" + o.Version}
	if o.Home != "" {
		c.agent += " (+" + o.Home + ")"
	}
	c.http = http.Client{
		Transport: &polite{
			hosts: make(map[string]*host), perHost: o.PerHost, perSecond: rate.Limit(o.PerSecond),
			next: &http.Transport{
				DialContext:            dialer.DialContext,
				ForceAttemptHTTP2:      true,
				DisableCompression:     true, // unpacked here, where both sizes are counted
				TLSHandshakeTimeout:    o.ConnectTimeout,
				ResponseHeaderTimeout:  o.HeaderTimeout,
				MaxResponseHeaderBytes: 256 << 10,
				MaxIdleConns:           32,
				IdleConnTimeout:        30 * time.Second,
			},
		},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if o.MaxRedirects < 0 {
				return stet.Errorf(stet.Invalid, "%s leads elsewhere with a redirect, and is not followed; write the address it leads to", via[0].URL.Host)
			}
			if len(via) > o.MaxRedirects {
				return stet.Errorf(stet.Invalid, "%s redirects more than %d times", via[0].URL.Host, o.MaxRedirects)
			}
			return o.check(req.URL)
		},
	}
	return c
}

// With returns another client, like this one but for the limits that change changes.
func (c *Client) With(change func(*ClientOptions)) *Client {
	o := c.options
	change(&o)
	return NewClient(o)
}

// insideV4 and insideV6 are the networks of a house: this machine, private
// networks, and those that a provider or a tunnel shares out.
var (
	insideV4 = prefixes("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
	insideV6 = prefixes("::1/128", "fc00::/7")
	// Some clouds hand out keys at addresses within these.
	neverInside = prefixes("100.100.100.200/32", "fd00:ec2::254/128", "fd20:ce::254/128")
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// guard refuses connections to where the client may not go.
func (o ClientOptions) guard() func(network, address string, c syscall.RawConn) error {
	if !o.Inside {
		return ssrf.New(ssrf.WithPorts(o.ports...), ssrf.WithAllowedV4Prefixes(o.allowed...)).Safe
	}
	safe := ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(slices.Concat(insideV4, o.allowed)...), ssrf.WithAllowedV6Prefixes(insideV6...)).Safe
	return func(network, address string, c syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || slices.ContainsFunc(neverInside, func(p netip.Prefix) bool { return p.Contains(at.Addr().Unmap()) }) {
			return ssrf.ErrProhibitedIP
		}
		return safe(network, address, c)
	}
}

// Close drops the connections that are kept for reuse.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Fetch gets the address. An answer other than success is an error: stet.NotFound
// or Gone where the server says so, and no stet error where trying again later
// may help.
func (c *Client) Fetch(ctx context.Context, address string) (*Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSpace(address), nil)
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "%q is not an address", shorten(address))
	}
	res, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	if res.Status < 200 || res.Status > 299 {
		res.Body.Close()
		return nil, statusError(res.URL, res.Status)
	}
	return res, nil
}

// Do sends the request and returns the answer whatever its status: for pings,
// and for conditional requests.
func (c *Client) Do(req *http.Request) (*Response, error) {
	if err := c.options.check(req.URL); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(req.Context(), c.options.Timeout)
	req = req.Clone(ctx)
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := c.http.Do(req)
	if err != nil {
		cancel()
		return nil, explain(req.URL, err)
	}
	body, err := c.unpack(res)
	if err != nil {
		res.Body.Close()
		cancel()
		return nil, err
	}
	body.done = cancel
	return &Response{Status: res.StatusCode, Header: res.Header, URL: res.Request.URL, Body: body}, nil
}

// RoundTrip lets a library that wants an http.Client be held to the same
// guard: http.Client{Transport: c}.
func (c *Client) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status: http.StatusText(res.Status), StatusCode: res.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: res.Header, Body: res.Body, ContentLength: -1, Request: req,
	}, nil
}

var _ http.RoundTripper = (*Client)(nil)

// Bytes reads the whole body and closes it.
func (r *Response) Bytes() ([]byte, error) {
	defer r.Body.Close()
	return io.ReadAll(r.Body)
}

// check refuses addresses that we would not even look up. It sees the address
// of each redirect too.
func (o ClientOptions) check(u *url.URL) error {
	host := u.Hostname()
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return stet.Errorf(stet.Invalid, "only http and https addresses are fetched, not %q", shorten(u.Scheme))
	case host == "" || u.Opaque != "":
		return stet.Errorf(stet.Invalid, "the address names no host")
	case u.User != nil:
		// What stands before an @ is mostly there to make a host look like
		// another one.
		return stet.Errorf(stet.Invalid, "addresses with a user name are not fetched")
	case o.AllowPrivate:
		return nil
	case crypticNumber(host):
		return stet.Errorf(stet.Invalid, "%q is not a host: it is a number in disguise", shorten(host))
	}
	return o.checkPort(u)
}

func (o ClientOptions) checkPort(u *url.URL) error {
	port := u.Port()
	if port == "" || o.Inside {
		return nil
	}
	for _, p := range o.ports {
		if port == strconv.Itoa(int(p)) {
			return nil
		}
	}
	return stet.Errorf(stet.Invalid, "port %s is not fetched from, only 80 and 443", shorten(port))
}

// crypticNumber reports whether the host would be read as an IP address by some
// and as a name by others: 2130706433, 0x7f.1, 0177.0.0.1, 127.1.
func crypticNumber(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil || strings.Contains(host, ":") {
		return false // what is not well-formed IPv6 is nothing else either
	}
	host = strings.TrimSuffix(host, ".")
	last := strings.ToLower(host[strings.LastIndexByte(host, '.')+1:])
	if hex, ok := strings.CutPrefix(last, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(last, "0123456789") == ""
}

// statusError is the error for an answer other than success.
func statusError(u *url.URL, status int) error {
	where := u.Host
	switch {
	case status == http.StatusNotFound:
		return stet.Errorf(stet.NotFound, "%s has no such page (404)", where)
	case status == http.StatusGone:
		return stet.Errorf(stet.Gone, "%s has removed the page (410)", where)
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return stet.Errorf(stet.Forbidden, "%s does not let us in (%d)", where, status)
	case status == http.StatusTooManyRequests:
		return stet.Errorf(stet.RateLimited, "%s asks us to come more slowly (429)", where)
	case status >= 500 || status == http.StatusRequestTimeout:
		return fmt.Errorf("fetch %s: the server answered %d", where, status)
	}
	return stet.Errorf(stet.Invalid, "%s answered with the status %d", where, status)
}

// explain says what went wrong in words for whoever gave the address. What may
// pass (a time limit, a refused connection) stays an error without a code.
func explain(u *url.URL, err error) error {
	var ours *stet.Error
	var dns *net.DNSError
	switch {
	case errors.As(err, &ours):
		return ours
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork):
		return stet.Errorf(stet.Invalid, "%s leads to an address that is not on the public internet", u.Host)
	case errors.Is(err, ssrf.ErrProhibitedPort):
		return stet.Errorf(stet.Invalid, "%s leads to a port that is not fetched from", u.Host)
	case errors.As(err, &dns) && dns.IsNotFound:
		return stet.Errorf(stet.NotFound, "there is no host named %s", u.Hostname())
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return fmt.Errorf("fetch %s: it took too long: %w", u.Host, err)
	}
	return fmt.Errorf("fetch %s: %w", u.Host, err)
}

func isTimeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}

func shorten(s string) string {
	if len(s) > 100 {
		return s[:100] + "…"
	}
	return s
}

// body is the body of an answer, unpacked, within the limit.
type body struct {
	io.Reader
	raw  io.Closer
	done context.CancelFunc // of the whole request's time limit
}

func (b *body) Close() error {
	err := b.raw.Close()
	b.done()
	return err
}

// unpack puts the limits around the body: one around what is sent, since a
// packed stream can be endless and hold nothing, and one around what it holds.
func (c *Client) unpack(res *http.Response) (*body, error) {
	most := c.options.MaxBytes
	where := res.Request.URL.Host
	if res.ContentLength > most && res.Request.Method != http.MethodHead {
		return nil, stet.Errorf(stet.TooLarge, "%s sends %d MB; at most %d are taken", where, res.ContentLength>>20, most>>20)
	}
	b := &body{Reader: &bounded{r: res.Body, left: most, where: where}, raw: res.Body}
	switch encoding := strings.ToLower(res.Header.Get("Content-Encoding")); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		b.Reader = &bounded{r: &gunzip{packed: b.Reader}, left: most, where: where}
		res.Header.Del("Content-Encoding")
		res.Header.Del("Content-Length")
	default:
		return nil, stet.Errorf(stet.Invalid, "%s packs its answer in a way that we did not ask for (%s)", where, shorten(encoding))
	}
	return b, nil
}

// gunzip opens the packed stream at the first read: an answer without a body,
// to a HEAD for example, has no gzip header either.
type gunzip struct {
	packed io.Reader
	z      *gzip.Reader
}

func (g *gunzip) Read(p []byte) (n int, err error) {
	if g.z == nil {
		if g.z, err = gzip.NewReader(g.packed); err != nil {
			return 0, err
		}
	}
	return g.z.Read(p)
}

// bounded fails once more than left bytes have come.
type bounded struct {
	r     io.Reader
	left  int64
	where string
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, stet.Errorf(stet.TooLarge, "%s sends more than is taken", b.where)
	}
	// One byte more than may come shows whether there is more.
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n - 1, stet.Errorf(stet.TooLarge, "%s sends more than is taken", b.where)
	}
	if err != nil && err != io.EOF && stet.ErrorCode(err) == stet.Internal {
		err = fmt.Errorf("read the answer of %s: %w", b.where, err)
	}
	return n, err
}

// polite sends no host more requests than it can be asked to bear.
type polite struct {
	next      http.RoundTripper
	perHost   int
	perSecond rate.Limit

	mu    sync.Mutex
	hosts map[string]*host
}

// host is what is known of a host: who is using it, and how fast.
type host struct {
	users int
	slots chan struct{}
	pace  *rate.Limiter
}

// maxHosts is how many hosts are remembered before idle ones are forgotten.
const maxHosts = 1000

// RoundTrip waits for the host's turn. The place is given back when the body is
// closed, which http.Client does itself before it follows a redirect.
func (t *polite) RoundTrip(req *http.Request) (*http.Response, error) {
	h := t.host(req.URL.Host)
	select {
	case h.slots <- struct{}{}:
	case <-req.Context().Done():
		t.leave(h, false)
		return nil, req.Context().Err()
	}
	if err := h.pace.Wait(req.Context()); err != nil {
		t.leave(h, true)
		if req.Context().Err() == nil {
			err = context.DeadlineExceeded // seen coming, so that it does not wait in vain
		}
		return nil, err
	}
	res, err := t.next.RoundTrip(req)
	if err != nil {
		t.leave(h, true)
		return nil, err
	}
	res.Body = &turn{ReadCloser: res.Body, end: sync.OnceFunc(func() { t.leave(h, true) })}
	return res, nil
}

func (t *polite) CloseIdleConnections() {
	t.next.(*http.Transport).CloseIdleConnections()
}

func (t *polite) host(name string) *host {
	t.mu.Lock()
	defer t.mu.Unlock()
	h, ok := t.hosts[name]
	if !ok {
		if len(t.hosts) >= maxHosts {
			t.forgetIdle()
		}
		h = &host{slots: make(chan struct{}, t.perHost), pace: rate.NewLimiter(t.perSecond, max(1, int(t.perSecond)))}
		t.hosts[name] = h
	}
	h.users++
	return h
}

func (t *polite) forgetIdle() {
	for name, h := range t.hosts {
		if h.users == 0 {
			delete(t.hosts, name)
		}
	}
}

func (t *polite) leave(h *host, slot bool) {
	if slot {
		<-h.slots
	}
	t.mu.Lock()
	h.users--
	t.mu.Unlock()
}

// turn is a body that ends a host's turn.
type turn struct {
	io.ReadCloser
	end func()
}

func (t *turn) Close() error {
	defer t.end()
	return t.ReadCloser.Close()
}
