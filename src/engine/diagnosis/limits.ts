import type { ResolveLimits } from '../net/dns-resolve';

/**
 * DNS: a local resolver answers in 1 to 10 ms. Two attempts of 600 ms (the second waits twice as long) forgive
 * one lost packet; 2 s bound the step where several servers are listed. getaddrinfo goes by the same
 * servers, so a quarter of a second after them is enough to hear it.
 */
export const DNS_LIMITS: ResolveLimits = { tryMs: 600, tries: 2, capMs: 2000, graceMs: 250 };

/**
 * TCP: SYNs go out at 0, 1, 2 and 3 s (Linux 6.5 and later; 0, 1 and 3 s before). 3.3 s hear the answer to
 * the last of them: at 1 % loss a false alarm once in 10^6 to 10^8. A higher cap buys nothing.
 * Measured over a cable that loses packets (LOSS=full, tests/netns/loss.netns.ts): at 1 % none in 50,000 probes, at 10 % 9 in
 * 20,000 (argued 26), at 30 % 139 in 5000 (argued 338); the server's own retransmissions help.
 */
export const TCP_CAP_MS = 3300;

/** TLS, after TCP has answered: 10 to 25 ms when healthy; 2 s leave room for three retransmissions. */
export const TLS_CAP_MS = 2000;

/**
 * An answer to a bare GET, on a path that TCP and TLS have just proved. With the few milliseconds of those, the
 * verdict on a silent server stays within 3.5 s.
 */
export const HTTP_CAP_MS = 3000;

/** The same for the package index. */
export const INDEX_CAP_MS = 3000;

/** Enough to know an index, an error document or a proxy's page; a whole simple index can be many megabytes. */
export const MOST_BYTES = 16 * 1024;

/** The whole ladder. Rungs just under their caps could take 12 s; then "not finished" is said instead. */
export const DIAGNOSIS_CAP_MS = 10_000;

/** From here a running rung is called slow. */
export const SLOW_MS = 300;

/** The second SYN went out at 1 s and could have been answered by now: probably blocked. */
export const TWO_ATTEMPTS_MS = 1300;
