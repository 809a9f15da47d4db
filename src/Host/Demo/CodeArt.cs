namespace VisionStream.Host.Demo;

/// <summary>The demo's codes as grids of cells, as they were made once by qrencode, zint and OpenCV's ArUco. Immutable.</summary>
internal sealed class CodeArt
{
    private readonly string[] _rows;

    private CodeArt(string[] rows) => _rows = rows;

    /// <summary>Cells across.</summary>
    public int Columns => _rows[0].Length;

    /// <summary>Cells down.</summary>
    public int Rows => _rows.Length;

    /// <summary>One of the codes that lie in Demo/Art.</summary>
    public static CodeArt Load(string name)
    {
        using var stream = typeof(CodeArt).Assembly.GetManifestResourceStream($"VisionStream.Host.Demo.Art.{name}.txt")
            ?? throw new InvalidOperationException($"The demo's art '{name}' is not embedded.");
        using var reader = new StreamReader(stream);
        return new CodeArt(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>Whether the cell at a point is dark; points outside are light.</summary>
    /// <param name="x">0 to 1 across the code.</param>
    /// <param name="y">0 to 1 down the code.</param>
    public bool IsDark(float x, float y) =>
        x is >= 0 and < 1 && y is >= 0 and < 1 && _rows[(int)(y * Rows)][(int)(x * Columns)] == '#';
}
