namespace VisionStream.LibAv.Native;

/// <summary>A loose end of a filter graph while it is parsed. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal unsafe struct AVFilterInOut
{
    public byte* name
    {
        get => (byte*)Layout.Field<nint, AVFilterInOut>(ref this, Layout.Current.AVFilterInOut_name);
        set => Layout.Field<nint, AVFilterInOut>(ref this, Layout.Current.AVFilterInOut_name) = (nint)value;
    }

    public void* filter_ctx
    {
        get => (void*)Layout.Field<nint, AVFilterInOut>(ref this, Layout.Current.AVFilterInOut_filter_ctx);
        set => Layout.Field<nint, AVFilterInOut>(ref this, Layout.Current.AVFilterInOut_filter_ctx) = (nint)value;
    }

    public ref int pad_idx => ref Layout.Field<int, AVFilterInOut>(ref this, Layout.Current.AVFilterInOut_pad_idx);

    public AVFilterInOut* next
    {
        get => (AVFilterInOut*)Layout.Field<nint, AVFilterInOut>(ref this, Layout.Current.AVFilterInOut_next);
        set => Layout.Field<nint, AVFilterInOut>(ref this, Layout.Current.AVFilterInOut_next) = (nint)value;
    }
}
