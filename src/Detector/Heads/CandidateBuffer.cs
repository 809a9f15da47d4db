namespace VisionStream.Detector.Heads;

/// <summary>Not safe for several threads. The candidates of one frame, in memory that is kept for the next.</summary>
internal sealed class CandidateBuffer
{
    private static readonly Comparison<Candidate> ByFallingScore =
        static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Index.CompareTo(b.Index);

    private readonly Candidate[] _items;

    /// <param name="capacity">As many as the head can find; more are ignored.</param>
    public CandidateBuffer(int capacity) => _items = new Candidate[capacity];

    /// <summary>Candidates that there is room for.</summary>
    public int Capacity => _items.Length;

    /// <summary>Candidates held.</summary>
    public int Count { get; private set; }

    /// <summary>The candidates, for reading and writing in place.</summary>
    public Span<Candidate> Items => _items.AsSpan(0, Count);

    /// <summary>Forgets the frame before.</summary>
    public void Clear() => Count = 0;

    /// <summary>Keeps the first ones.</summary>
    public void Truncate(int count) => Count = Math.Min(count, Count);

    /// <summary>Adds a candidate given by its corners; one that is not finite says that the model has overflowed there, and is left out.</summary>
    public void Add(float left, float top, float right, float bottom, float score, int classId, int index)
    {
        if (Count < _items.Length && float.IsFinite(left) && float.IsFinite(top) && float.IsFinite(right) && float.IsFinite(bottom))
        {
            _items[Count++] = new Candidate(left, top, right, bottom, score, classId, index);
        }
    }

    /// <summary>Adds a candidate given by its centre and size.</summary>
    public void AddCentred(float x, float y, float width, float height, float score, int classId, int index) =>
        Add(x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2), score, classId, index);

    /// <summary>Orders by falling score, equal ones as the model gave them.</summary>
    public void Sort() => Items.Sort(ByFallingScore);
}
