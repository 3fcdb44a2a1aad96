import { expect } from 'chai';
import { stringify } from 'yaml';
import { PlanFileError } from '#dist/actors/protocol/errors.js';
import type { ExecutionPlan } from '#dist/actors/protocol/plan.js';
import { parsePlan } from '#dist/runtime/plan-file/parse-plan.js';
import { fc } from '../../../support/fast-check.js';
import { fileOf, plans } from '../../../support/plan-arbitraries.js';

describe('a plan written to a file', () => {
  it('is the same plan when it is read from JSON, on one line, indented or with tabs', () => {
    fc.assert(
      fc.property(plans, fc.constantFrom('', '  ', '\t'), (plan, indent) => {
        expect(parsePlan(JSON.stringify(fileOf(plan), null, indent))).to.deep.equal(plan);
      }),
    );
  });

  it('is the same plan when it is read from YAML', () => {
    fc.assert(
      fc.property(plans, fc.constantFrom(20, 80, 0), fc.boolean(), (plan, lineWidth, singleQuote) => {
        expect(parsePlan(stringify(fileOf(plan), { lineWidth, singleQuote }))).to.deep.equal(plan);
      }),
    );
  });

  it('is the same plan when its graph is told by names', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { commands, strategy } = plan;
        fc.pre(strategy.type === 'dependency_graph' && Object.keys(strategy.dependencies).length > 0);
        const named = commands.map((command, index) => ({ ...command, name: `n${index}` }));
        expect(parsePlan(JSON.stringify(byNames({ ...plan, commands: named })))).to.deep.equal({
          ...plan,
          commands: named,
        });
      }),
    );
  });
});

describe('a plan file that was damaged', () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      '\t',
      '\n',
      ' ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ':',
      ': ',
      '- ',
      '? ',
      '&a ',
      '*a ',
      '!',
      '|',
      '>',
      '#',
      '%',
      '<<',
      '---\n',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 20 }), pieces), { minLength: 1, maxLength: 5 });

  it('is a plan or is refused with places that are in it, and nothing else is thrown', () => {
    fc.assert(
      fc.property(plans, fc.boolean(), damage, (plan, asYaml, changes) => {
        const whole = asYaml ? stringify(fileOf(plan)) : JSON.stringify(fileOf(plan), null, 2);
        const text = changes.reduce((changed, [at, length, piece]) => {
          const place = at % (changed.length + 1);
          return changed.slice(0, place) + piece + changed.slice(place + length);
        }, whole);
        const lines = text.split('\n').length;
        try {
          parsePlan(text);
        } catch (error) {
          if (!(error instanceof PlanFileError)) throw error;
          expect(error.problems).not.to.deep.equal([]);
          for (const { line, column } of error.problems) {
            expect(line).to.be.within(0, lines);
            expect(column).to.be.within(0, text.length + 1);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** The file of a plan whose commands all have names. */
function byNames({ strategy, commands, ...rest }: ExecutionPlan): unknown {
  if (strategy.type !== 'dependency_graph') throw new Error('no graph');
  const { dependencies, ...settings } = strategy;
  const depending = commands.map((command, index) => {
    const names = dependencies[index]?.map((dependency) => commands[dependency]?.name);
    return { ...(fileOf(command) as object), ...(names && { depends_on: names.length === 1 ? names[0] : names }) };
  });
  return { ...(fileOf({ ...rest, strategy: settings }) as object), commands: depending };
}
