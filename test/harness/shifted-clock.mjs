/** Preloaded into a process, so that its clock is ahead of the machine's by TEST_CLOCK_SHIFT ms. */
const shift = Number(process.env["TEST_CLOCK_SHIFT"]);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shift);
    else super(...given);
  }

  static now() {
    return RealDate.now() + shift;
  }
};
