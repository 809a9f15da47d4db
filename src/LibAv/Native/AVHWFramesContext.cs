namespace VisionStream.LibAv.Native;

/// <summary>A set of pictures in a device's memory. Only ever seen through a pointer; fields are found by <see cref="StructLayout"/>, which knows each major.</summary>
internal struct AVHWFramesContext
{
    public ref int initial_pool_size => ref Layout.Field<int, AVHWFramesContext>(ref this, Layout.Current.AVHWFramesContext_initial_pool_size);
    public ref int format => ref Layout.Field<int, AVHWFramesContext>(ref this, Layout.Current.AVHWFramesContext_format);
    public ref int sw_format => ref Layout.Field<int, AVHWFramesContext>(ref this, Layout.Current.AVHWFramesContext_sw_format);
    public ref int width => ref Layout.Field<int, AVHWFramesContext>(ref this, Layout.Current.AVHWFramesContext_width);
    public ref int height => ref Layout.Field<int, AVHWFramesContext>(ref this, Layout.Current.AVHWFramesContext_height);
}
