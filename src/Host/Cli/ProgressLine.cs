namespace VisionStream.Host.Cli;

/// <summary>For one thread. A line that is written over on a terminal; elsewhere only what happens is written, a line each.</summary>
internal sealed class ProgressLine
{
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private int _width;

    /// <summary>Shows where things stand, and above it what has just happened, if anything.</summary>
    public void Show(string figures, string notice)
    {
        if (notice.Length > 0)
        {
            Console.Error.WriteLine((_isTerminal ? "\r" : "") + notice.PadRight(_width));
        }

        if (_isTerminal)
        {
            Console.Error.Write("\r" + figures.PadRight(_width));
            _width = figures.Length;
        }
    }

    /// <summary>Leaves the line standing.</summary>
    public void End()
    {
        if (_isTerminal && _width > 0)
        {
            Console.Error.WriteLine();
        }
    }
}
