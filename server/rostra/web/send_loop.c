/* One buffer to many non-blocking sockets, in place of one call of Python for each.
 *
 * lines: a descriptor, or -1 (bytes of it wait elsewhere: leave it) or -2 (to be
 * written by hand). seqs: what each was sent. Whoever stands at `from` gets `data` and
 * then stands at `to`. The indices of all who were not served so are given back, with
 * why: how much of it was sent, -errno, or OTHER (it stands elsewhere before `goal`).
 */
#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <sys/socket.h>

#define OTHER INT_MIN

int rostra_send(const int *lines, long long *seqs, int start, int end, long long from,
                long long to, long long goal, const char *data, size_t length,
                int *left, int *why) {
  int count = 0;
  for (int i = start; i < end; i++) {
    if (lines[i] == -1 || seqs[i] >= goal) continue;
    if (seqs[i] != from || lines[i] < 0) {
      left[count] = i;
      why[count++] = OTHER;
      continue;
    }
    seqs[i] = to;
    ssize_t took;
    do {
      took = send(lines[i], data, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (took < 0 && errno == EINTR);
    if (took == (ssize_t)length) continue;
    left[count] = i;
    why[count++] = took >= 0 ? (int)took
                             : (errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -errno);
  }
  return count;
}
