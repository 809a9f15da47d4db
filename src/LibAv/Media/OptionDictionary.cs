using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// The native form of <see cref="MediaOptions"/> for the length of a call: libav takes out what it understood and leaves
/// the rest. Pass <see cref="Address"/>, read <see cref="Unused"/>, dispose.
/// </summary>
internal sealed unsafe class OptionDictionary : IDisposable
{
    private readonly void** _address = (void**)Averror.Allocated(UtilFunctions.av_mallocz((nuint)sizeof(void*)), "Allocating options");

    /// <summary>Copies the options.</summary>
    public OptionDictionary(MediaOptions options)
    {
        foreach (var (name, value) in options.Values)
        {
            using var key = new NativeText(name);
            using var text = new NativeText(value);
            _ = Averror.Check(UtilFunctions.av_dict_set(_address, key.Pointer, text.Pointer, 0), "Setting option", name);
        }
    }

    /// <summary>What a native function takes as <c>AVDictionary **</c>.</summary>
    public void** Address => _address;

    /// <summary>Names of the options that nobody understood, in order.</summary>
    public IReadOnlyList<string> Unused
    {
        get
        {
            var unused = new List<string>();
            AVDictionaryEntry* entry = null;
            fixed (byte* any = "\0"u8)
            {
                while ((entry = UtilFunctions.av_dict_get(*_address, any, entry, AV_DICT_IGNORE_SUFFIX)) is not null)
                {
                    unused.Add(NativeText.Read(entry->key));
                }
            }

            return unused;
        }
    }

    /// <summary>Frees what is left.</summary>
    public void Dispose()
    {
        UtilFunctions.av_dict_free(_address);
        UtilFunctions.av_free(_address);
    }
}
