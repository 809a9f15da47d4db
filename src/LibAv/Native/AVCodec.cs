namespace VisionStream.LibAv.Native;

/// <summary>A decoder or an encoder. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVCodec
{
    public byte* name
    {
        get => (byte*)Layout.Field<nint, AVCodec>(ref this, Layout.Current.AVCodec_name);
        set => Layout.Field<nint, AVCodec>(ref this, Layout.Current.AVCodec_name) = (nint)value;
    }

    public ref int type => ref Layout.Field<int, AVCodec>(ref this, Layout.Current.AVCodec_type);

    public int* sample_fmts
    {
        get => (int*)Layout.Field<nint, AVCodec>(ref this, Layout.Current.AVCodec_sample_fmts);
        set => Layout.Field<nint, AVCodec>(ref this, Layout.Current.AVCodec_sample_fmts) = (nint)value;
    }
}
