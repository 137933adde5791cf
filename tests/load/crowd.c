/* Thousands of clients in one process, the same for every server that is measured.
 *
 * Each speaks WebSocket, and with --socketio Engine.IO 4 and Socket.IO 5 on it, joins
 * with what its line of the file says, answers pings, and follows: broadcasts are
 * counted and checked, and the instant (CLOCK_MONOTONIC) at which the last client has
 * the whole of one is reported. Against Rostra a client comes back as a browser does.
 *
 *   crowd PORT FILE [--socketio] [--rostra] [--window N] [--sources N] [--expect FILE]
 *
 * Where PORT is several with commas between, the clients join them in turns: the first
 * client the first of them, the second the second.
 *
 * A line of FILE is one client: its meeting's number, a letter for its role ("m" an
 * operator, who comes back sooner) and what it says at joining as JSON, with tabs
 * between. The crowd is driven by lines on standard input; each answer is a line of
 * JSON. It spins while something is awaited: a sleeping process would be woken late.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST_MEETINGS 256
#define MS 1000000LL
#define TEMPLATES 4
#define MOST_PORTS 64
#define ASKED 256 /* commands of one client whose sending is remembered */

enum state { IDLE, CONNECTING, UPGRADING, JOINING, LIVE, WAITING, ENDED };

struct client {
  int fd;
  enum state state;
  int meeting;
  char role;
  char *auth;
  long position; /* how many broadcasts; against Rostra the seq */
  char epoch[44], chain[68];
  char *rest; /* the beginning of what has not come whole */
  size_t rest_size, rest_room;
  char *out; /* what the kernel did not take */
  size_t out_size;
  long long retry_at, live_at, opened_at;
  int failures, spread_ms;
  long long *asked; /* when each command was sent, by its number */
  char *templates[TEMPLATES]; /* a flood: these in turn */
  int template_count, turn, next_id;
  char request[64];
};

struct meeting {
  int members, below, started;
  long target;
  long long first, half, most, last;
};

struct ack {
  int client, id;
  char outcome;
  long seq;
  long long sent, got;
};

struct press {
  long long at;
  int client;
  char *text;
};

static struct client *clients;
static int count, opening, window = 100, sources = 8, live;
static int next_to_open = -1, socketio, rostra, spinning, poller;
static int ports[MOST_PORTS], port_count;
static struct meeting meetings[MOST_MEETINGS];
static int meeting_count;
static char *expected;
static size_t expected_size;

static struct ack *acks;
static int ack_count, ack_room;
static struct press *presses;
static int press_count, press_next, press_room;

static long long frames, bytes, gaps, duplicates, mismatches, pings, lost, refused;
static long long turned_away;
static long long kind_frames[5], kind_bytes[5]; /* delta beat mine here other */
static long long last_time;

/* A wait of whoever drives us: for targets, connections, acknowledgements. */
static enum { NOTHING, TARGETS, CONNECTED, ACKS } awaited;
static long long await_until, connect_begun;
static int await_count;

static long long flood_until, flood_begun, flood_done[3];
static int welcome_client = -1, welcome_sent;
static char *welcome_text;

static char buffer[1 << 20];

static long long now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static double chance(void) { return random() / (RAND_MAX + 1.0); }

static void close_line(struct client *c) {
  if (c->fd >= 0) {
    close(c->fd);
    c->fd = -1;
  }
  if (c->state == LIVE) live--;
  if (c->state >= CONNECTING && c->state <= JOINING) opening--;
  free(c->rest);
  free(c->out);
  c->rest = c->out = NULL;
  c->rest_size = c->rest_room = c->out_size = 0;
}

static void come_back(struct client *c, double after_ms) {
  close_line(c);
  c->state = WAITING;
  c->retry_at = now_ns() + (long long)(after_ms * MS);
}

/* The waiting times of client/src/lib/connection.ts. */
static void failed(struct client *c) {
  static const int backoff[] = {0, 250, 500, 1000, 1500, 2000, 2500};
  lost += c->state == LIVE;
  refused += c->state != LIVE;
  if (!rostra) {
    if (c->state == LIVE || c->failures > 20) {
      close_line(c);
      c->state = ENDED;
      return;
    }
    c->failures++;
    come_back(c, 50 + 100 * chance());
    return;
  }
  if (c->state != LIVE) c->failures++;
  double step = backoff[c->failures < 6 ? c->failures : 6];
  if (c->role == 'm')
    come_back(c, (step < 500 ? step : 500) * (0.5 + chance() / 2));
  else
    come_back(c, step / 2 + chance() * (step / 2 + c->spread_ms));
}

static void watch(struct client *c, int operation, uint32_t what) {
  struct epoll_event event = {.events = what, .data.u32 = c - clients};
  epoll_ctl(poller, operation, c->fd, &event);
}

static void put(struct client *c, const char *data, size_t size) {
  if (c->fd < 0) return;
  ssize_t sent = 0;
  if (!c->out_size) {
    sent = send(c->fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return; /* the reader will see its end */
    if (sent < 0) sent = 0;
  }
  if ((size_t)sent == size) return;
  c->out = realloc(c->out, c->out_size + size - sent);
  memcpy(c->out + c->out_size, data + sent, size - sent);
  c->out_size += size - sent;
  watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
}

static void put_frame(struct client *c, int opcode, const char *text, size_t size) {
  static unsigned char frame[70000];
  static const unsigned char mask[4] = {0x37, 0xfa, 0x21, 0x3d};
  int head = size < 126 ? 2 : 4;
  if (size > 65535) return;
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (size < 126 ? size : 126);
  if (head == 4) frame[2] = size >> 8, frame[3] = size;
  memcpy(frame + head, mask, 4);
  for (size_t i = 0; i < size; i++) frame[head + 4 + i] = text[i] ^ mask[i & 3];
  put(c, (char *)frame, head + 4 + size);
}

static void put_text(struct client *c, const char *text) {
  put_frame(c, 1, text, strlen(text));
}

static int port_of(const struct client *c) { return ports[(c - clients) % port_count]; }

static void open_line(struct client *c) {
  int yes = 1;
  struct sockaddr_in from = {.sin_family = AF_INET};
  struct sockaddr_in server = {.sin_family = AF_INET,
                               .sin_port = htons(port_of(c)),
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) die("socket");
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (c - clients) % sources);
  if (bind(c->fd, (void *)&from, sizeof from)) die("bind");
  c->state = CONNECTING;
  c->opened_at = now_ns();
  opening++;
  if (connect(c->fd, (void *)&server, sizeof server) && errno != EINPROGRESS) {
    failed(c);
    return;
  }
  watch(c, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

static void ask_upgrade(struct client *c) {
  char text[400];
  int size = snprintf(
      text, sizeof text,
      "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
      "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Version: 13\r\n\r\n",
      socketio ? "/socket.io/?EIO=4&transport=websocket" : "/", port_of(c));
  c->state = UPGRADING;
  watch(c, EPOLL_CTL_MOD, EPOLLIN);
  put(c, text, size);
}

static void join(struct client *c) {
  char text[2000];
  int size = strlen(c->auth);
  if (c->epoch[0])
    snprintf(text, sizeof text,
             "40/meeting,%.*s,\"resume\":{\"epoch\":\"%s\",\"seq\":%ld,\"chain\":\"%s\"}}",
             size - 1, c->auth, c->epoch, c->position, c->chain);
  else
    snprintf(text, sizeof text, "40/meeting,%s", c->auth);
  put_text(c, text);
}

static void is_live(struct client *c) {
  if (c->state == LIVE) return;
  c->state = LIVE;
  c->live_at = last_time;
  c->failures = 0;
  opening--;
  live++;
  if (c - clients == welcome_client && welcome_text && !welcome_sent) {
    welcome_sent = 1;
    put_text(c, welcome_text);
  }
}

static void reached(struct client *c, long position) {
  struct meeting *m = &meetings[c->meeting];
  if (m->target && c->position < m->target && position >= m->target) {
    if (m->below == m->started) m->first = last_time;
    m->below--;
    if (m->below == m->started / 2) m->half = last_time;
    if (m->below == m->started / 100) m->most = last_time;
    if (m->below == 0) m->last = last_time;
  }
  c->position = position;
}

/* A number or a word after "name": in the first part of a message. */
static const char *found(const char *text, size_t size, const char *name) {
  size_t most = size < 4096 ? size : 4096;
  const char *at = memmem(text, most, name, strlen(name));
  return at ? at + strlen(name) : NULL;
}

static long number(const char *text, size_t size, const char *name, long otherwise) {
  const char *at = found(text, size, name);
  return at ? strtol(at, NULL, 10) : otherwise;
}

static void word(const char *text, size_t size, const char *name, char *to, size_t room) {
  const char *at = found(text, size, name);
  if (!at) return;
  size_t length = strcspn(at, "\"");
  if (length >= room) return;
  memcpy(to, at, length);
  to[length] = 0;
}

/* What is filled into a template: a fresh id, and the request of the last answer. */
static void flood_next(struct client *c) {
  char text[3000], *to = text;
  const char *from = c->templates[c->turn];
  int id = ++c->next_id;
  c->turn = (c->turn + 1) % c->template_count;
  to += sprintf(to, "42/meeting,%d[\"cmd\",", id);
  while (*from) {
    if (!strncmp(from, "{id}", 4)) {
      to += sprintf(to, "f%lx-%x-%x", (long)flood_begun & 0xffffffff,
                    (int)(c - clients), id);
      from += 4;
    } else if (!strncmp(from, "{request}", 9)) {
      to += sprintf(to, "%s", c->request);
      from += 9;
    } else {
      *to++ = *from++;
    }
  }
  strcpy(to, "]");
  if (!c->asked) c->asked = calloc(ASKED, sizeof *c->asked);
  c->asked[id % ASKED] = now_ns();
  put_text(c, text);
}

static void answered(struct client *c, const char *text, size_t size) {
  int id = atoi(text);
  const char *said = found(text, size, "\"outcome\":\"");
  char outcome = said ? *said : '?';
  if (ack_count == ack_room)
    acks = realloc(acks, (ack_room = ack_room * 2 + 1024) * sizeof *acks);
  acks[ack_count++] = (struct ack){
      c - clients, id, outcome, number(text, size, "\"seq\":", 0),
      c->asked ? c->asked[id % ASKED] : 0, last_time};
  if (outcome == 'n' && ack_count <= 3)
    fprintf(stderr, "crowd: refused: %.*s\n", (int)(size < 300 ? size : 300), text);
  if (c->template_count && flood_begun) {
    word(text, size, "\"request\":\"", c->request, sizeof c->request);
    flood_done[outcome == 'o' ? 0 : outcome == 'n' ? 1 : 2]++;
    if (outcome == 'n') c->turn = 0;
    if (last_time < flood_until) flood_next(c);
  }
}

static int kind_of(const char *name) {
  static const char *kinds[] = {"delta\"", "beat\"", "mine\"", "here\""};
  for (int i = 0; i < 4; i++)
    if (!strncmp(name, kinds[i], strlen(kinds[i]))) return i;
  return 4;
}

/* Against Rostra: an event that says from where to where it leads. */
static void follow(struct client *c, const char *text, size_t size) {
  long from = number(text, size, "\"from\":", -1);
  long seq = number(text, size, "\"seq\":", -1);
  if (seq < 0) return;
  if (from >= 0 && from != c->position) {
    if (seq <= c->position) duplicates++;
    else gaps++;
  }
  word(text, size, "\"chain\":\"", c->chain, sizeof c->chain);
  reached(c, seq);
}

static void event(struct client *c, const char *text, size_t size) {
  const char *name = text + 2;
  size_t left = size - 2;
  int kind = kind_of(name);
  kind_frames[kind]++;
  kind_bytes[kind] += size;
  if (!rostra) {
    reached(c, c->position + 1);
    return;
  }
  if (kind == 0 || kind == 1) {
    follow(c, name, left);
  } else if (!strncmp(name, "welcome\"", 8)) {
    word(name, left, "\"epoch\":\"", c->epoch, sizeof c->epoch);
    word(name, left, "\"chain\":\"", c->chain, sizeof c->chain);
    reached(c, number(name, left, "\"seq\":", 0));
    /* It stands after the state, near the end. */
    const char *tail = left > 4096 ? name + left - 4096 : name;
    c->spread_ms = number(tail, left - (tail - name), "\"spread_ms\":", 0);
    is_live(c);
  } else if (!strncmp(name, "bye\"", 4)) {
    long retry = number(name, left, "\"retry_ms\":", 0);
    lost++;
    /* As a browser hangs up: it leaves the meeting, then closes. */
    put_text(c, "41/meeting,");
    put_frame(c, 8, "\x03\xe8", 2);
    come_back(c, retry + chance() * c->spread_ms);
  }
}

static void message(struct client *c, const char *text, size_t size) {
  frames++;
  bytes += size;
  if (!socketio || !strncmp(text, "42", 2)) {
    if (expected &&
        (size != expected_size || memcmp(text, expected, size))) {
      if (!mismatches++)
        fprintf(stderr, "crowd: another broadcast than expected: %.*s\n",
                (int)(size < 300 ? size : 300), text);
    }
  }
  if (!socketio) {
    reached(c, c->position + 1);
  } else if (text[0] == '2' && size == 1) {
    pings++;
    put_text(c, "3");
  } else if (text[0] == '0') {
    join(c);
  } else if (!strncmp(text, "40", 2)) {
    if (!rostra) is_live(c);
  } else if (!strncmp(text, "42/meeting,[", 12)) {
    event(c, text + 11, size - 11);
  } else if (!strncmp(text, "43/meeting,", 11)) {
    answered(c, text + 11, size - 11);
  } else if (!strncmp(text, "44", 2)) {
    if (!turned_away++)
      fprintf(stderr, "crowd: not let in: %.*s\n", (int)(size < 200 ? size : 200), text);
    failed(c);
  }
}

/* Take whole frames; the number of bytes used. The client may be closed by them. */
static size_t take(struct client *c, char *data, size_t size) {
  size_t at = 0;
  if (c->state == UPGRADING) {
    char *end = memmem(data, size, "\r\n\r\n", 4);
    if (!end) return 0;
    if (strncmp(data, "HTTP/1.1 101", 12)) {
      failed(c);
      return size;
    }
    at = end + 4 - data;
    c->state = JOINING;
    if (!socketio) is_live(c);
  }
  while (c->fd >= 0 && size - at >= 2) {
    unsigned char *head = (unsigned char *)data + at;
    size_t length = head[1] & 127, header = length == 126 ? 4 : length == 127 ? 10 : 2;
    if (size - at < header) break;
    if (header > 2) {
      length = 0;
      for (size_t i = 2; i < header; i++) length = length << 8 | head[i];
    }
    if (size - at < header + length) break;
    char *text = data + at + header;
    at += header + length;
    int opcode = head[0] & 15;
    if (opcode == 1) {
      char kept = text[length]; /* one byte beyond the data is ours */
      text[length] = 0;
      message(c, text, length);
      text[length] = kept;
    } else if (opcode == 9) {
      pings++;
      put_frame(c, 10, text, length);
    } else if (opcode == 8) {
      failed(c);
    } else if (opcode != 10) {
      mismatches++;
    }
  }
  return at;
}

static void readable(struct client *c) {
  size_t had = c->rest_size;
  if (had) { /* goes on in its own buffer */
    if (c->rest_room - had < 65536) {
      c->rest_room = had * 2 + 131072;
      c->rest = realloc(c->rest, c->rest_room + 1);
    }
    ssize_t got = recv(c->fd, c->rest + had, c->rest_room - had, 0);
    last_time = now_ns();
    if (got <= 0) {
      if (got == 0 || errno != EAGAIN) failed(c);
      return;
    }
    char *mine = c->rest;
    size_t size = had + got, room = c->rest_room;
    c->rest = NULL, c->rest_size = c->rest_room = 0;
    size_t used = take(c, mine, size);
    if (c->fd >= 0 && used < size) {
      memmove(mine, mine + used, size - used);
      c->rest = mine, c->rest_size = size - used, c->rest_room = room;
    } else {
      free(mine);
    }
    return;
  }
  ssize_t got = recv(c->fd, buffer, sizeof buffer - 1, 0);
  last_time = now_ns();
  if (got <= 0) {
    if (got == 0 || errno != EAGAIN) failed(c);
    return;
  }
  size_t used = take(c, buffer, got);
  if (c->fd >= 0 && used < (size_t)got) {
    c->rest_size = got - used;
    c->rest_room = c->rest_size + 65536;
    c->rest = malloc(c->rest_room + 1);
    memcpy(c->rest, buffer + used, c->rest_size);
  }
}

static void writable(struct client *c) {
  if (c->state == CONNECTING) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) failed(c);
    else ask_upgrade(c);
    return;
  }
  ssize_t sent = send(c->fd, c->out, c->out_size, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0) return;
  memmove(c->out, c->out + sent, c->out_size - sent);
  c->out_size -= sent;
  if (!c->out_size) watch(c, EPOLL_CTL_MOD, EPOLLIN);
}

static void say(const char *form, ...) {
  va_list args;
  va_start(args, form);
  vprintf(form, args);
  va_end(args);
  putchar('\n');
  fflush(stdout);
}

static void tell_targets(void) {
  printf("{\"of\":%d,\"meetings\":[", live);
  for (int i = 0, any = 0; i < meeting_count; i++) {
    struct meeting *m = &meetings[i];
    if (!m->target) continue;
    printf("%s{\"meeting\":%d,\"target\":%ld,\"clients\":%d,\"missing\":%d,"
           "\"first\":%lld,\"half\":%lld,\"most\":%lld,\"last\":%lld}",
           any++ ? "," : "", i, m->target, m->started, m->below, m->first, m->half,
           m->most, m->last);
    m->target = 0;
  }
  say("]}");
}

static void settle(long long now) {
  int over = now > await_until, below = 0;
  switch (awaited) {
    case TARGETS:
      for (int i = 0; i < meeting_count; i++)
        if (meetings[i].target) below += meetings[i].below;
      if (!below || over) awaited = NOTHING, tell_targets();
      break;
    case CONNECTED:
      if (live >= await_count || over) {
        awaited = NOTHING;
        say("{\"live\":%d,\"seconds\":%.3f}", live, (now - connect_begun) / 1e9);
      }
      break;
    case ACKS:
      if (ack_count >= await_count || over)
        awaited = NOTHING, say("{\"acks\":%d}", ack_count);
      break;
    default:
      break;
  }
}

static void tell_acks(void) {
  printf("[");
  for (int i = 0; i < ack_count; i++) {
    struct ack *a = &acks[i];
    printf("%s[%d,%d,\"%c\",%ld,%lld,%lld]", i ? "," : "", a->client, a->id, a->outcome,
           a->seq, a->sent, a->got);
  }
  say("]");
  ack_count = 0;
}

static void tell_welcomes(void) {
  printf("[");
  for (int i = 0; i < count; i++)
    printf("%s[\"%c\",%lld]", i ? "," : "", clients[i].role,
           clients[i].state == LIVE ? clients[i].live_at : 0);
  say("]");
}

static void tell_stats(void) {
  static const char *names[] = {"delta", "beat", "mine", "here", "other"};
  printf("{\"live\":%d,\"frames\":%lld,\"bytes\":%lld,\"gaps\":%lld,\"duplicates\":%lld,"
         "\"mismatches\":%lld,\"pings\":%lld,\"lost\":%lld,\"refused\":%lld",
         live, frames, bytes, gaps, duplicates, mismatches, pings, lost, refused);
  for (int i = 0; i < 5; i++)
    printf(",\"%s\":{\"frames\":%lld,\"bytes\":%lld}", names[i], kind_frames[i],
           kind_bytes[i]);
  say("}");
}

static void aim(int which, long position) {
  struct meeting *m = &meetings[which];
  *m = (struct meeting){.members = m->members, .target = position};
  for (int i = 0; i < count; i++)
    if (clients[i].meeting == which && clients[i].state == LIVE) {
      m->started++;
      m->below += clients[i].position < position;
    }
}

static void send_command(int who, char *text) {
  struct client *c = &clients[who];
  int id = ++c->next_id;
  char all[70000];
  snprintf(all, sizeof all, "42/meeting,%d[\"cmd\",%s]", id, text);
  if (!c->asked) c->asked = calloc(ASKED, sizeof *c->asked);
  c->asked[id % ASKED] = now_ns();
  put_text(c, all);
}

static void add_press(char *line) {
  char *rest;
  long long delay_us = strtoll(line, &rest, 10);
  int who = strtol(rest, &rest, 10);
  if (press_count == press_room)
    presses = realloc(presses, (press_room = press_room * 2 + 256) * sizeof *presses);
  presses[press_count++] = (struct press){delay_us * 1000, who, strdup(rest + 1)};
}

/* One line of whoever drives us. */
static void obey(char *line) {
  char *rest = line + strcspn(line, " ");
  if (*rest) *rest++ = 0;
  long long now = now_ns();
  if (!strcmp(line, "connect")) { /* all of them, a window at a time */
    connect_begun = now;
    next_to_open = 0;
    await_count = count;
    await_until = now + atoll(rest) * MS;
    awaited = CONNECTED;
  } else if (!strcmp(line, "live")) { /* COUNT MS: until so many are */
    await_count = strtol(rest, &rest, 10);
    await_until = now + atoll(rest) * MS;
    awaited = CONNECTED;
  } else if (!strcmp(line, "aim")) { /* MEETING POSITION */
    int which = strtol(rest, &rest, 10);
    aim(which, atol(rest));
  } else if (!strcmp(line, "position")) { /* MEETING: the furthest */
    long most = 0;
    for (int i = 0; i < count; i++)
      if (clients[i].meeting == atoi(rest) && clients[i].position > most)
        most = clients[i].position;
    say("{\"position\":%ld,\"now\":%lld}", most, now);
  } else if (!strcmp(line, "reached")) { /* MS: until all targets are */
    await_until = now + atoll(rest) * MS;
    awaited = TARGETS;
  } else if (!strcmp(line, "send")) { /* CLIENT COMMAND */
    int who = strtol(rest, &rest, 10);
    send_command(who, rest + 1);
  } else if (!strcmp(line, "press")) { /* US CLIENT COMMAND: kept for "begin" */
    add_press(rest);
  } else if (!strcmp(line, "begin")) { /* the presses count from now */
    for (int i = press_next; i < press_count; i++) presses[i].at += now;
    say("{\"now\":%lld}", now);
    if (press_next < press_count) spinning = 2;
  } else if (!strcmp(line, "answers")) { /* COUNT MS: until so many have come */
    await_count = strtol(rest, &rest, 10);
    await_until = now + atoll(rest) * MS;
    awaited = ACKS;
  } else if (!strcmp(line, "acks")) {
    tell_acks();
  } else if (!strcmp(line, "template")) { /* CLIENT COMMAND: one more of its flood */
    struct client *c = &clients[strtol(rest, &rest, 10)];
    if (c->template_count < TEMPLATES) c->templates[c->template_count++] = strdup(rest + 1);
  } else if (!strcmp(line, "flood")) { /* WINDOW MS */
    int each = strtol(rest, &rest, 10);
    flood_begun = now;
    flood_until = now + atoll(rest) * MS;
    memset(flood_done, 0, sizeof flood_done);
    for (int k = 0; k < each; k++)
      for (int i = 0; i < count; i++)
        if (clients[i].template_count && clients[i].state == LIVE) flood_next(&clients[i]);
  } else if (!strcmp(line, "onwelcome")) { /* CLIENT COMMAND */
    welcome_client = strtol(rest, &rest, 10);
    static char text[4000];
    snprintf(text, sizeof text, "42/meeting,9000[\"cmd\",%s]", rest + 1);
    welcome_text = text;
    welcome_sent = 0;
  } else if (!strcmp(line, "forget")) { /* who was welcomed, and when */
    for (int i = 0; i < count; i++) clients[i].live_at = 0;
  } else if (!strcmp(line, "welcomes")) {
    tell_welcomes();
  } else if (!strcmp(line, "stats")) {
    tell_stats();
  } else if (!strcmp(line, "quit")) {
    exit(0);
  }
}

static void hear(void) {
  static char line[1 << 18];
  static size_t size;
  ssize_t got = read(0, line + size, sizeof line - 1 - size);
  if (got <= 0) exit(0);
  size += got;
  line[size] = 0;
  char *begin = line, *end;
  while ((end = strchr(begin, '\n'))) {
    *end = 0;
    obey(begin);
    begin = end + 1;
  }
  size -= begin - line;
  memmove(line, begin, size);
}

/* What is due: presses, clients that come back, a window that has room. */
static void tick(long long now) {
  static long long looked;
  while (press_next < press_count && presses[press_next].at <= now) {
    send_command(presses[press_next].client, presses[press_next].text);
    if (++press_next == press_count) spinning = 0;
  }
  while (next_to_open >= 0 && next_to_open < count && opening < window)
    if (clients[next_to_open++].state == IDLE) open_line(&clients[next_to_open - 1]);
  if (now - looked < MS) return;
  looked = now;
  for (int i = 0; i < count; i++) {
    struct client *c = &clients[i];
    if (c->state == WAITING && c->retry_at <= now) {
      open_line(c);
    } else if (c->state >= CONNECTING && c->state <= JOINING &&
               now - c->opened_at > 12000 * MS) {
      failed(c);
    }
  }
}

static void read_clients(const char *path) {
  FILE *file = fopen(path, "r");
  char *line = NULL;
  size_t room = 0;
  ssize_t size;
  if (!file) die(path);
  for (int made = 0; (size = getline(&line, &room, file)) > 0; count++) {
    if (count == made)
      clients = realloc(clients, (made = made * 2 + 1024) * sizeof *clients);
    line[strcspn(line, "\n")] = 0;
    char *role = strchr(line, '\t') + 1, *auth = strchr(role, '\t') + 1;
    clients[count] = (struct client){
        .fd = -1, .meeting = atoi(line), .role = *role, .auth = strdup(auth)};
    meetings[clients[count].meeting].members++;
    if (clients[count].meeting >= meeting_count)
      meeting_count = clients[count].meeting + 1;
  }
  fclose(file);
}

static void read_ports(const char *text) {
  char *rest = (char *)text;
  do {
    if (port_count == MOST_PORTS) {
      fprintf(stderr, "crowd: at most %d servers\n", MOST_PORTS);
      exit(1);
    }
    ports[port_count++] = strtol(rest, &rest, 10);
  } while (*rest++ == ',');
}

static void read_expected(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) die(path);
  expected = malloc(1 << 20);
  expected_size = fread(expected, 1, 1 << 20, file);
  fclose(file);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  read_ports(argv[1]);
  for (int i = 3; i < argc; i++) {
    if (!strcmp(argv[i], "--socketio")) socketio = 1;
    else if (!strcmp(argv[i], "--rostra")) socketio = rostra = 1;
    else if (!strcmp(argv[i], "--window")) window = atoi(argv[++i]);
    else if (!strcmp(argv[i], "--sources")) sources = atoi(argv[++i]);
    else if (!strcmp(argv[i], "--expect")) read_expected(argv[++i]);
  }
  read_clients(argv[2]);
  srandom(7);
  poller = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = UINT32_MAX}, ready[512];
  epoll_ctl(poller, EPOLL_CTL_ADD, 0, &event);
  say("{\"ready\":%d}", count);
  for (;;) {
    int spin = awaited == TARGETS || awaited == ACKS || spinning;
    int n = epoll_wait(poller, ready, 512, spin ? 0 : 1);
    for (int i = 0; i < n; i++) {
      if (ready[i].data.u32 == UINT32_MAX) {
        hear();
        continue;
      }
      struct client *c = &clients[ready[i].data.u32];
      if (c->fd >= 0 && ready[i].events & (EPOLLOUT | EPOLLERR) && c->state != LIVE)
        writable(c);
      else if (c->fd >= 0 && ready[i].events & EPOLLOUT && c->out_size)
        writable(c);
      if (c->fd >= 0 && ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR) &&
          c->state != CONNECTING)
        readable(c);
    }
    long long now = now_ns();
    tick(now);
    if (awaited) settle(now);
  }
}
