namespace VisionStream.LibAv.Native;

/// <summary>One reference to a counted buffer. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>.</summary>
internal unsafe struct AVBufferRef
{
    public void* data => (void*)Layout.Field<nint, AVBufferRef>(ref this, Layout.Current.AVBufferRef_data);
}
