namespace VisionStream.LibAv.Native;

/// <summary>One reference to a counted buffer, given back when it is released.</summary>
internal sealed unsafe class BufferHandle(AVBufferRef* reference) : OwnedHandle(reference)
{
    /// <summary>The native reference.</summary>
    public AVBufferRef* Reference => (AVBufferRef*)Pointer;

    /// <inheritdoc/>
    protected override void Release(void* pointer)
    {
        var reference = (AVBufferRef*)pointer;
        HardwareFunctions.av_buffer_unref(&reference);
    }
}
