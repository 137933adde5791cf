/* The limit: what one process on one core can do at best with plain sockets.
 *
 * Upgrades WebSocket clients, and at each line "go" on standard input sends one frame,
 * made beforehand, to all of them: a loop of send() and nothing else. Answers with the
 * monotonic nanoseconds before the first and after the last send().
 *
 * limit PORT PAYLOAD-FILE
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST 65536
#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

static int clients[MOST], count;
static unsigned char frame[1 << 20];
static size_t frame_size;

static long long now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static uint32_t turned(uint32_t word, int by) { return word << by | word >> (32 - by); }

/* SHA-1 of a text that fits in two blocks; the handshake asks for nothing else. */
static void sha1(const char *text, unsigned char out[20]) {
  unsigned char blocks[128] = {0};
  size_t size = strlen(text);
  uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  memcpy(blocks, text, size);
  blocks[size] = 0x80;
  for (int i = 0; i < 8; i++) blocks[127 - i] = (uint64_t)size * 8 >> (8 * i);
  for (int at = 0; at < 128; at += 64) {
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 16; i++) {
      const unsigned char *p = blocks + at + 4 * i;
      w[i] = (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
    }
    for (int i = 16; i < 80; i++)
      w[i] = turned(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
      uint32_t f, k;
      if (i < 20) f = (b & c) | (~b & d), k = 0x5A827999;
      else if (i < 40) f = b ^ c ^ d, k = 0x6ED9EBA1;
      else if (i < 60) f = (b & c) | (b & d) | (c & d), k = 0x8F1BBCDC;
      else f = b ^ c ^ d, k = 0xCA62C1D6;
      uint32_t next = turned(a, 5) + f + e + k + w[i];
      e = d, d = c, c = turned(b, 30), b = a, a = next;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
  }
  for (int i = 0; i < 20; i++) out[i] = h[i / 4] >> (24 - 8 * (i % 4));
}

static void base64(const unsigned char *from, int size, char *to) {
  static const char letters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int i = 0; i < size; i += 3) {
    int left = size - i;
    uint32_t v = from[i] << 16 | (left > 1 ? from[i + 1] << 8 : 0) |
                 (left > 2 ? from[i + 2] : 0);
    *to++ = letters[v >> 18];
    *to++ = letters[v >> 12 & 63];
    *to++ = left > 1 ? letters[v >> 6 & 63] : '=';
    *to++ = left > 2 ? letters[v & 63] : '=';
  }
  *to = 0;
}

static void make_frame(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) die(path);
  size_t size = fread(frame + 10, 1, sizeof frame - 10, file);
  fclose(file);
  int head = size < 126 ? 2 : size < 65536 ? 4 : 10;
  memmove(frame + head, frame + 10, size);
  frame[0] = 0x81;
  frame[1] = head == 2 ? size : head == 4 ? 126 : 127;
  for (int i = 2; i < head; i++) frame[i] = (uint64_t)size >> (8 * (head - 1 - i));
  frame_size = head + size;
}

static void upgrade(int fd, char *request) {
  char *key = strcasestr(request, "sec-websocket-key:"), said[128], answer[256];
  unsigned char digest[20];
  char accept[32];
  if (!key) {
    close(fd);
    return;
  }
  key += strlen("sec-websocket-key:");
  key += strspn(key, " ");
  key[strcspn(key, "\r\n ")] = 0;
  snprintf(said, sizeof said, "%.60s%s", key, GUID);
  sha1(said, digest);
  base64(digest, 20, accept);
  int size = snprintf(answer, sizeof answer,
                      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                      "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                      accept);
  if (send(fd, answer, size, MSG_NOSIGNAL) == size && count < MOST)
    clients[count++] = fd;
}

static void go(void) {
  int late = 0;
  long long begun = now_ns();
  for (int i = 0; i < count; i++)
    if (send(clients[i], frame, frame_size, MSG_DONTWAIT | MSG_NOSIGNAL) !=
        (ssize_t)frame_size)
      late++;
  printf("{\"at\":%lld,\"end\":%lld,\"late\":%d}\n", begun, now_ns(), late);
  fflush(stdout);
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  make_frame(argv[2]);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
  struct sockaddr_in here = {.sin_family = AF_INET,
                             .sin_port = htons(atoi(argv[1])),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, (void *)&here, sizeof here) || listen(listener, 4096)) die("bind");
  int poll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, ready[512];
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
  event.data.fd = 0;
  epoll_ctl(poll, EPOLL_CTL_ADD, 0, &event);
  printf("{\"ready\":true}\n");
  fflush(stdout);
  for (;;) {
    int n = epoll_wait(poll, ready, 512, -1);
    for (int i = 0; i < n; i++) {
      int fd = ready[i].data.fd;
      static char text[65536];
      if (fd == listener) {
        int made;
        while ((made = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
          setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
          event.data.fd = made;
          epoll_ctl(poll, EPOLL_CTL_ADD, made, &event);
        }
        continue;
      }
      ssize_t size = fd ? recv(fd, text, sizeof text - 1, 0) : read(0, text, 4095);
      if (size <= 0) {
        if (fd == 0) return 0;
        if (size < 0 && errno == EAGAIN) continue;
        for (int k = 0; k < count; k++)
          if (clients[k] == fd) clients[k] = clients[--count];
        close(fd);
        continue;
      }
      text[size] = 0;
      if (fd == 0) {
        if (strstr(text, "go")) go();
      } else if (!strncmp(text, "GET ", 4)) {
        upgrade(fd, text);
      }
    }
  }
}
