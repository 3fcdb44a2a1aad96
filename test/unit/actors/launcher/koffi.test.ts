import { createRequire } from 'node:module';
import { expect } from 'chai';
import { loadKoffi } from '#lib/actors/launcher/koffi.js';

const require = createRequire(import.meta.url);

describe('loadKoffi', () => {
  it('takes the native part as it is', () => {
    const asked: string[] = [];
    const koffi = loadKoffi((name) => {
      asked.push(name);
      return require(name);
    });
    expect(asked).to.deep.equal([`@koromix/koffi-${process.platform}-${process.arch}`]);
    expect(koffi.load(null).func('int abs(int number)')(-5)).to.equal(5);
  });

  it('asks koffi for it where its package is out of sight', () => {
    const koffi = loadKoffi((name) => {
      if (name !== 'koffi') throw new Error(`Cannot find module '${name}'`);
      return require(name);
    });
    expect(koffi.load(null).func('int abs(int number)')(-5)).to.equal(5);
  });
});
