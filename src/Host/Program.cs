using VisionStream.Host.Cli;

return await CommandLine.RunAsync(args);
