/**
 * What the oldest browsers of our floor lack and age-encryption uses: `TransformStream` and `pipeThrough` (Firefox
 * 97 to 101; Chrome 99 and Safari 15.4 have both).
 *
 * Only what the library calls is made, and only where it is missing: a transformer with `start`, `transform`,
 * `flush`, read on demand, so that memory stays constant as with the real one.
 */

class PulledTransform {
  constructor(transformer = {}) {
    this.transformer = transformer;
  }

  /** @param {ReadableStream<Uint8Array>} source @returns {ReadableStream<Uint8Array>} */
  attach(source) {
    const { start, transform, flush } = this.transformer;
    const reader = source.getReader();
    return new ReadableStream(
      {
        start: (controller) => start?.(controller),
        async pull(controller) {
          for (let queued = 0; queued === 0;) {
            const counting = {
              enqueue: (chunk) => {
                queued += 1;
                controller.enqueue(chunk);
              },
            };
            const { done, value } = await reader.read();
            if (done) {
              await flush?.(counting);
              controller.close();
              return;
            }
            await (transform ? transform(value, counting) : counting.enqueue(value));
          }
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }
}

if (typeof TransformStream === "undefined") {
  globalThis.TransformStream = /** @type {any} */ (PulledTransform);
  ReadableStream.prototype.pipeThrough = function pipeThrough(transform) {
    return transform.attach(this);
  };
}
