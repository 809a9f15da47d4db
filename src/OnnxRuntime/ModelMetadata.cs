using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// What the model file says of itself, copied when the session is created. Texts that the file lacks are empty.
/// </summary>
public sealed unsafe class ModelMetadata
{
    /// <param name="session">A native session, which its owner goes on owning.</param>
    internal ModelMetadata(nint session)
    {
        var api = OrtLibrary.Api;
        var allocator = OrtAllocator.DefaultInstance;
        nint metadata;
        NativeStatus.Check(api->SessionGetModelMetadata(session, &metadata));
        try
        {
            byte* text;
            NativeStatus.Check(api->ModelMetadataGetProducerName(metadata, allocator.Pointer, &text));
            ProducerName = allocator.TakeText(text);
            NativeStatus.Check(api->ModelMetadataGetGraphName(metadata, allocator.Pointer, &text));
            GraphName = allocator.TakeText(text);
            NativeStatus.Check(api->ModelMetadataGetDomain(metadata, allocator.Pointer, &text));
            Domain = allocator.TakeText(text);
            NativeStatus.Check(api->ModelMetadataGetDescription(metadata, allocator.Pointer, &text));
            Description = allocator.TakeText(text);
            NativeStatus.Check(api->ModelMetadataGetGraphDescription(metadata, allocator.Pointer, &text));
            GraphDescription = allocator.TakeText(text);
            long version;
            NativeStatus.Check(api->ModelMetadataGetVersion(metadata, &version));
            Version = version;
            CustomMetadataMap = ReadMap(metadata, allocator);
        }
        finally
        {
            api->ReleaseModelMetadata(metadata);
        }
    }

    /// <summary>Tool that wrote the file, for instance "pytorch".</summary>
    public string ProducerName { get; }

    /// <summary>Name of the graph.</summary>
    public string GraphName { get; }

    /// <summary>Domain of the model, a reversed host name.</summary>
    public string Domain { get; }

    /// <summary>Description of the model.</summary>
    public string Description { get; }

    /// <summary>Description of the graph.</summary>
    public string GraphDescription { get; }

    /// <summary>Version of the model.</summary>
    public long Version { get; }

    /// <summary>The file's own keys and values, for instance "names" and "stride" in Ultralytics models.</summary>
    public Dictionary<string, string> CustomMetadataMap { get; }

    private static Dictionary<string, string> ReadMap(nint metadata, OrtAllocator allocator)
    {
        var api = OrtLibrary.Api;
        var map = new Dictionary<string, string>();
        byte** keys;
        long count;
        NativeStatus.Check(api->ModelMetadataGetCustomMetadataMapKeys(metadata, allocator.Pointer, &keys, &count));
        try
        {
            for (var i = 0L; i < count; i++)
            {
                byte* value;
                NativeStatus.Check(api->ModelMetadataLookupCustomMetadataMap(metadata, allocator.Pointer, keys[i], &value));
                map[NativeText.FromUtf8(keys[i])] = allocator.TakeText(value);
            }
        }
        finally
        {
            for (var i = 0L; i < count; i++)
            {
                allocator.Free(keys[i]);
            }

            allocator.Free(keys);
        }

        return map;
    }
}
