using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using VisionStream.Benchmarks;

// Arguments are BenchmarkDotNet's: --filter '*Kernel*', --list flat, --job short, ...
// It builds a program for each run; its usual two minutes for that are short on a small machine that does something else too.
var config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10));
var problems = AllocationCheck.Problems(BenchmarkSwitcher.FromAssembly(typeof(AllocationCheck).Assembly).Run(args, config)).ToList();
problems.ForEach(Console.Error.WriteLine);
return problems.Count == 0 ? 0 : 1;
