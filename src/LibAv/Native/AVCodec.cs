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
    public ref int id => ref Layout.Field<int, AVCodec>(ref this, Layout.Current.AVCodec_id);
    public ref int capabilities => ref Layout.Field<int, AVCodec>(ref this, Layout.Current.AVCodec_capabilities);

    public int* pix_fmts
    {
        get => (int*)Layout.Field<nint, AVCodec>(ref this, Layout.Current.AVCodec_pix_fmts);
        set => Layout.Field<nint, AVCodec>(ref this, Layout.Current.AVCodec_pix_fmts) = (nint)value;
    }

    public int* sample_fmts
    {
        get => (int*)Layout.Field<nint, AVCodec>(ref this, Layout.Current.AVCodec_sample_fmts);
        set => Layout.Field<nint, AVCodec>(ref this, Layout.Current.AVCodec_sample_fmts) = (nint)value;
    }

    public int* supported_samplerates
    {
        get => (int*)Layout.Field<nint, AVCodec>(ref this, Layout.Current.AVCodec_supported_samplerates);
        set => Layout.Field<nint, AVCodec>(ref this, Layout.Current.AVCodec_supported_samplerates) = (nint)value;
    }
}
