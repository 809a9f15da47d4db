namespace VisionStream.Detector.Kernels;

/// <summary>
/// A vector of 16-bit lanes. The kernels are written once over this and compiled for each width; every member is one to a few
/// instructions. Pointers need no alignment.
/// </summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal unsafe interface IWords<TSelf>
    where TSelf : struct, IWords<TSelf>
{
    /// <summary>Whether this machine has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Lanes; divides <see cref="RowTaps.Block"/>.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract TSelf Create(short value);

    /// <summary>Reads <see cref="Count"/> words.</summary>
    static abstract TSelf Load(short* source);

    /// <summary>Reads <see cref="Count"/> bytes and zero-extends them.</summary>
    static abstract TSelf LoadBytes(byte* source);

    /// <summary>
    /// Picks a byte for every lane: for each 8 lanes from the 16 bytes at <c>row + bases[i]</c>, by 16 bytes of <paramref name="masks"/>,
    /// where an index of 0x80 gives 0.
    /// </summary>
    static abstract TSelf Gather(byte* row, int* bases, byte* masks);

    /// <summary>Writes <see cref="Count"/> words.</summary>
    static abstract void Store(TSelf words, short* target);

    /// <summary>Writes <see cref="Count"/> floats, each its word times <paramref name="scale"/>.</summary>
    static abstract void StoreSingle(TSelf words, float* target, float scale);

    /// <summary>
    /// Writes <see cref="Count"/> halves, each its word (0 to 255) times <paramref name="scale"/>, rounded to nearest even. Products
    /// other than 0 have to be normal halves.
    /// </summary>
    static abstract void StoreHalf(TSelf words, Half* target, float scale);

    /// <summary>Sums, wrapping.</summary>
    static abstract TSelf Add(TSelf a, TSelf b);

    /// <summary>Differences, wrapping.</summary>
    static abstract TSelf Subtract(TSelf a, TSelf b);

    /// <summary>Bits of either.</summary>
    static abstract TSelf Or(TSelf a, TSelf b);

    /// <summary>Products rounded by 15 bits, as <see cref="RowArithmetic.MultiplyRound"/>.</summary>
    static abstract TSelf MultiplyRound(TSelf a, TSelf b);

    /// <summary>Shifts left.</summary>
    static abstract TSelf ShiftLeft(TSelf a, int bits);

    /// <summary>Shifts right and keeps the sign.</summary>
    static abstract TSelf ShiftRight(TSelf a, int bits);

    /// <summary>Shifts right and fills with zeros.</summary>
    static abstract TSelf ShiftRightLogical(TSelf a, int bits);

    /// <summary>Limits every lane to 0..255.</summary>
    static abstract TSelf ClampToByte(TSelf a);
}
