namespace VisionStream.Restream.Drawing;

/// <summary>Widths and text size that suit a picture's height. Immutable.</summary>
/// <param name="Line">Thickness of a box's sides in pixels; even, so that halved chroma keeps its edges sharp.</param>
/// <param name="Label">The font of box labels and the information line.</param>
/// <param name="Notice">The font of a notice across the picture.</param>
/// <param name="Padding">Space between a plate's edge and its text in pixels; even.</param>
internal sealed record AnnotationStyle(int Line, Typeface Label, Typeface Notice, int Padding)
{
    // A label is as high as in television subtitles' smaller faces: 2.6 % of the picture.
    private const double LabelShare = 0.026;
    private const double NoticeShare = 0.045;

    // 2 pixels up to 480 lines, 4 at 720 and 1080, 8 at 2160.
    private const double LinesToAPair = 480;

    /// <summary>The style for a picture.</summary>
    /// <param name="height">The picture's height in pixels.</param>
    /// <param name="scale">Enlarges text and lines; 1 is normal.</param>
    public static AnnotationStyle For(int height, double scale)
    {
        var line = Math.Max(2, 2 * (int)Math.Round(height * scale / LinesToAPair, MidpointRounding.AwayFromZero));
        var label = FontAtlas.Embedded.Nearest(height * scale * LabelShare);
        return new AnnotationStyle(
            line, label, FontAtlas.Embedded.Nearest(height * scale * NoticeShare), Math.Max(2, label.PixelSize / 10 * 2));
    }
}
