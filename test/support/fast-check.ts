import fc from 'fast-check';

// Left alone, a list of at most 400 would hardly ever have more than ten: the bound that a test names is meant. A property that fails
// prints the seed and the path to run it again with.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });

export { fc };
