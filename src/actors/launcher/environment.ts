import { StringVector } from './string-vector.js';

export interface ChildEnvironment {
  /** `NAME=value` each. */
  envp: StringVector;
  path: string | undefined;
}

/** The environments children are started in. The engine's own is put together once, because most children get exactly that. */
export class Environments {
  #variables: Readonly<Record<string, string>> = {};
  #own: ChildEnvironment = childEnvironment({});

  setOwn(variables: Readonly<Record<string, string>>): void {
    this.#variables = variables;
    this.#own = childEnvironment(variables);
  }

  of(env: Readonly<Record<string, string>>, inherit: boolean): ChildEnvironment {
    if (!inherit) return childEnvironment(env);
    return isEmpty(env) ? this.#own : childEnvironment({ ...this.#variables, ...env });
  }
}

function childEnvironment(variables: Readonly<Record<string, string>>): ChildEnvironment {
  const envp = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return { envp: new StringVector(envp), path: variables.PATH };
}

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}
