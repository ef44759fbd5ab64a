/** The control API of the sandbox: JSON over fetch, and server-sent events that say what changed. */

export class ApiError extends Error {}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new ApiError("The sandbox does not answer. Is it still running?");
  }
  const body = await response.text();
  let answer = null;
  try {
    answer = body ? JSON.parse(body) : null;
  } catch {
    if (response.ok) throw new ApiError(`The sandbox answered ${path} with something that is not JSON.`);
  }
  if (!response.ok) throw new ApiError(answer?.error ?? `The sandbox answered ${response.status}.`);
  return answer;
}

export const get = (path) => call(path);

export function post(path, body) {
  return call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

export const upload = (path, form) => call(path, { method: "POST", body: form });

/**
 * Listens to /api/events for as long as the page lives. EventSource reconnects by itself after a dropped connection
 * but gives up after an HTTP error, which is what a restarting sandbox may answer with; then a new one is made.
 *
 * @param onOpen called on each (re)connection: whatever was missed has to be fetched again
 * @param onEvent called with each event
 * @param onLost called when the connection is gone
 */
export function listen({ onOpen, onEvent, onLost }) {
  let pause = 500;
  const connect = () => {
    const source = new EventSource("/api/events");
    source.onopen = () => {
      pause = 500;
      onOpen();
    };
    source.onmessage = (message) => onEvent(JSON.parse(message.data));
    source.onerror = () => {
      onLost();
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, 8000);
    };
  };
  connect();
}

/**
 * Wraps a fetch so that a burst of events costs at most two requests: the one under way and one after it. What is
 * returned settles with a fetch that began after the call, so that whoever awaits it sees their own change.
 */
export function coalesced(work) {
  let running = null;
  let queued = null;
  const start = () => {
    running = work().finally(() => (running = null));
    return running;
  };
  return function refresh() {
    if (!running) return start();
    queued ??= running
      .catch(() => {})
      .then(() => {
        queued = null;
        return start();
      });
    return queued;
  };
}
