namespace VisionStream.Host.Cli;

/// <summary>For one thread. A line that is written over on a terminal; elsewhere only what happens is written, a line each, and at the end where things stood.</summary>
internal sealed class ProgressLine
{
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private int _width;
    private string _figures = "";

    /// <summary>Shows where things stand, and above it what has just happened, if anything.</summary>
    public void Show(string figures, string notice)
    {
        if (notice.Length > 0)
        {
            Console.Error.WriteLine((_isTerminal ? "\r" : "") + notice.PadRight(_width));
        }

        // What came with a notice may stand for nothing yet: a source that could not be opened.
        _figures = notice.Length == 0 ? figures : _figures;
        if (_isTerminal)
        {
            Console.Error.Write("\r" + figures.PadRight(_width));
            _width = figures.Length;
        }
    }

    /// <summary>Leaves the newest figures standing.</summary>
    public void End()
    {
        if (_figures.Length > 0)
        {
            Console.Error.WriteLine(_isTerminal ? "" : _figures);
        }
    }
}
