using System.Globalization;

namespace VisionStream.Host.Configuration;

/// <summary>Bits a second as people write them: 500k, 2M, 64000.</summary>
internal static class BitRateText
{
    /// <summary>Reads one; false when it is none or not from 1 to 2^31 - 1.</summary>
    public static bool TryRead(string text, out int bitsPerSecond)
    {
        var unit = text.Length == 0 ? 0 : char.ToLowerInvariant(text[^1]) switch { 'k' => 1000, 'm' => 1_000_000, _ => 1 };
        var number = unit == 1 ? text : text[..^Math.Min(1, text.Length)];
        var isRead = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value * unit is >= 1 and <= int.MaxValue;
        bitsPerSecond = isRead ? (int)(value * unit) : 0;
        return isRead;
    }
}
