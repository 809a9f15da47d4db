using VisionStream.Host.Cli;

return await Verbs.RunAsync(args);
