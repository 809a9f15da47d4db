using System.Runtime.InteropServices;
using VisionStream.Core.Frames;

namespace VisionStream.Tests.Ingest;

/// <summary>A number that tells pictures apart: their samples without the padding between rows.</summary>
internal static class Fingerprint
{
    public static ulong Of(VideoFrame frame)
    {
        // FNV-1a, eight bytes at a time.
        const ulong Prime = 0x100000001B3;
        var hash = 0xCBF29CE484222325;
        for (var plane = 0; plane < frame.Format.PlaneCount; plane++)
        {
            var width = frame.Format.PlaneWidth(plane);
            for (var y = 0; y < frame.Format.PlaneHeight(plane); y++)
            {
                var row = frame.Plane(plane).Slice(y * frame.Stride(plane), width);
                foreach (var eight in MemoryMarshal.Cast<byte, ulong>(row))
                {
                    hash = (hash ^ eight) * Prime;
                    hash ^= hash >> 29;
                }

                foreach (var rest in row[(width & -8)..])
                {
                    hash = (hash ^ rest) * Prime;
                }
            }
        }

        return hash;
    }
}
