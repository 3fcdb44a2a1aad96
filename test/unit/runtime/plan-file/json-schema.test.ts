import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import { parse } from 'yaml';
import { planJsonSchema } from '#dist/runtime/plan-file/json-schema.js';
import { readPlanFile } from '#dist/runtime/plan-file/read-plan-file.js';
import { fc } from '../../../support/fast-check.js';
import { projectRoot } from '../../../support/paths.js';
import { fileOf, plans } from '../../../support/plan-arbitraries.js';

const validate = new Ajv({ allowUnionTypes: true, strictTuples: false, formats: { uuid: true } }).compile(
  planJsonSchema,
);
const examples = join(projectRoot, 'examples', 'plans');

describe('planJsonSchema', () => {
  it('takes every plan', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(validate(fileOf(plan)), JSON.stringify(validate.errors)).to.equal(true);
      }),
    );
  });

  it('takes what parsePlan is friendly about', () => {
    for (const text of [
      '{ commands: [{ run: x, name: 1, env: { A: 8080, B: true }, stdin: 5 }, { exec: [x, 5], depends_on: 1 }] }',
      '{ strategy: parallel, description: ~, commands: [{ run: x, env: ~, depends_on: [] }] }',
      '{ strategy: { type: dependency_graph }, commands: [{ command: { type: exec, program: x } }] }',
    ]) {
      expect(validate(parse(text)), JSON.stringify(validate.errors)).to.equal(true);
    }
  });

  for (const text of [
    '[]',
    '{}',
    '{ commands: [] }',
    '{ commands: [{}] }',
    '{ commands: [{ run: x, exec: [y] }] }',
    '{ commands: [{ run: x, no: 1 }] }',
    '{ commands: [{ run: "" }] }',
    '{ commands: [{ exec: [] }] }',
    '{ commands: [{ run: x, env: { A: ~ } }] }',
    '{ commands: [{ run: x, timeout_ms: 0 }] }',
    '{ commands: [{ run: x, timeout_ms: "5" }] }',
    '{ commands: [{ run: x, name: a b }] }',
    '{ commands: [{ command: { type: bash } }] }',
    '{ commands: [{ run: x }], strategy: { type: serial, max_concurrency: 2 } }',
    '{ commands: [{ run: x }], strategy: { type: dependency_graph, dependencies: { a: [0] } } }',
  ]) {
    it(`does not take ${text}`, () => {
      expect(validate(parse(text))).to.equal(false);
    });
  }

  it('tells of every field what it is for', () => {
    const properties = (planJsonSchema as { properties: Record<string, { description?: string }> }).properties;
    for (const [field, { description }] of Object.entries(properties)) expect(description, field).to.be.a('string');
  });

  it('is in the package as a file', () => {
    const text = readFileSync(join(projectRoot, 'dist', 'plan.schema.json'), 'utf8');
    expect(JSON.parse(text)).to.deep.equal(planJsonSchema);
  });
});

describe('the example plans', () => {
  for (const name of readdirSync(examples)) {
    it(`have ${name}, which is a plan by schema and by parser, and tells editors where the schema is`, async () => {
      const text = readFileSync(join(examples, name), 'utf8');
      expect(validate(parse(text, { merge: true })), JSON.stringify(validate.errors)).to.equal(true);
      expect((await readPlanFile(join(examples, name))).commands).not.to.deep.equal([]);
      const [, schema = ''] = /\$schema(?:=|": ")([^\s"]+)/.exec(text) ?? [];
      expect(join(examples, schema)).to.equal(join(projectRoot, 'dist', 'plan.schema.json'));
    });
  }
});
