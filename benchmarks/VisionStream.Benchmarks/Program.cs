using BenchmarkDotNet.Running;

// Arguments are BenchmarkDotNet's: --filter '*Kernel*', --list flat, --job short, ...
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
