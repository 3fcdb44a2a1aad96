/** Of text, in UTF-8. Far more than a hundred thousand commands need. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Words and marks of YAML: what bounds the time and the memory that a file may take. A command has about thirty. */
export const MAX_TOKENS = 3_000_000;

/** A plan is seven deep; the parser's own recursion ends at some thousands. */
export const MAX_DEPTH = 64;

/** Values that aliases stand for, in all. */
export const MAX_ALIASED_VALUES = 1_000_000;

/** Problems that an error shows. */
export const MAX_SHOWN_PROBLEMS = 20;

/** Problems that an error holds. */
export const MAX_KEPT_PROBLEMS = 100;
