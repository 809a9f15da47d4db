namespace VisionStream.Core.Metrics;

/// <summary>Why a decoded frame was not analysed. The names in metrics and messages are the members' in snake_case.</summary>
public enum DropReason
{
    /// <summary>A newer frame was taken instead, as the detection rate asks for. The ordinary fate of a frame.</summary>
    Superseded,

    /// <summary>The writer came round the ring before anybody looked: detection was away for a whole ring.</summary>
    Overwritten,

    /// <summary>Every slot of the ring was leased, so there was nowhere to put the frame.</summary>
    RingFull,

    /// <summary>The decoder said it was damaged, or it depended on damaged ones; detections on it would be guesses.</summary>
    Corrupt,

    /// <summary>The model failed on it.</summary>
    InferenceFailed,

    /// <summary>The stream or the detector was stopped before its turn came.</summary>
    Stopped,
}
