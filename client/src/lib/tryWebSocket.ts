const PATIENCE_MS = 8_000;

/**
 * Whether this network lets WebSocket through: the milliseconds until the server's
 * greeting, or null. The socket is closed at once and says nothing.
 */
export function tryWebSocket(): Promise<number | null> {
  const asked = performance.now();
  const address = new URL("/socket.io/?EIO=4&transport=websocket", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return new Promise((done) => {
    const socket = new WebSocket(address);
    const end = (took: number | null) => {
      clearTimeout(timer);
      socket.onmessage = socket.onerror = socket.onclose = null;
      socket.close();
      done(took);
    };
    const timer = setTimeout(() => end(null), PATIENCE_MS);
    socket.onmessage = () => end(performance.now() - asked);
    socket.onerror = () => end(null);
    socket.onclose = () => end(null);
  });
}
