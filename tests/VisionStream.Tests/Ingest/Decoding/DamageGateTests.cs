using VisionStream.Ingest.Decoding;

namespace VisionStream.Tests.Ingest.Decoding;

public sealed class DamageGateTests
{
    [Fact]
    public void Nothing_passes_before_the_first_key_frame()
    {
        var gate = new DamageGate();
        Assert.False(Inter(gate, 1));
        Assert.False(Inter(gate, 2));
        Assert.True(Key(gate, 3));
        Assert.True(Inter(gate, 4));
    }

    [Fact]
    public void A_damage_is_one_episode_up_to_the_next_key_frame()
    {
        var gate = Opened();
        Assert.True(gate.Close(5));
        Assert.False(gate.Close(6));
        Assert.False(Inter(gate, 7));
        Assert.True(Key(gate, 8));
        Assert.True(gate.Close(9));
    }

    [Fact]
    public void A_key_frame_from_before_the_damage_does_not_open_the_gate()
    {
        var gate = Opened();
        _ = gate.Close(5);

        // Held back by the decoder while packet 5 came: itself sound, and no cure.
        Assert.True(Key(gate, 4));
        Assert.False(gate.IsOpen);
        Assert.False(Inter(gate, 6));
    }

    [Fact]
    public void Pictures_decoded_before_the_damage_pass_and_those_after_do_not()
    {
        var gate = Opened();
        _ = gate.Close(8);
        Assert.True(Inter(gate, 6));
        Assert.True(Inter(gate, 7));
        Assert.False(Inter(gate, 8));
        Assert.False(Inter(gate, 9));

        // The decoder tells later that packet 5 was broken already.
        _ = gate.Close(5);
        Assert.False(Inter(gate, 6));
        Assert.True(Inter(gate, 4));
    }

    [Fact]
    public void A_damaged_key_frame_does_not_open_the_gate()
    {
        var gate = Opened();
        _ = gate.Close(5);
        _ = gate.Close(8);
        Assert.False(Key(gate, 8));
        Assert.True(Key(gate, 12));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Recovery_points_and_unmarked_intra_pictures_count_twice(bool isKey, bool isIntra)
    {
        var gate = new DamageGate();
        Assert.False(gate.Admit(1, true, isKey, isIntra));
        Assert.False(Inter(gate, 2));
        Assert.True(gate.Admit(30, true, isKey, isIntra));
        _ = gate.Close(40);
        Assert.False(gate.Admit(60, true, isKey, isIntra));
        _ = gate.Close(70);
        Assert.False(gate.Admit(90, true, isKey, isIntra));
        Assert.True(gate.Admit(120, true, isKey, isIntra));
    }

    [Fact]
    public void Without_times_the_second_key_frame_after_a_damage_opens_the_gate()
    {
        var gate = new DamageGate();
        Assert.True(gate.Admit(1, isCertain: false, isKey: true, isIntra: true));
        _ = gate.Close(5);
        Assert.False(gate.Admit(4, isCertain: false, isKey: false, isIntra: false));
        Assert.False(gate.Admit(10, isCertain: false, isKey: true, isIntra: true));
        Assert.True(gate.Admit(20, isCertain: false, isKey: true, isIntra: true));
    }

    private static DamageGate Opened()
    {
        var gate = new DamageGate();
        Assert.True(Key(gate, 1));
        return gate;
    }

    private static bool Key(DamageGate gate, long sequence) => gate.Admit(sequence, isCertain: true, isKey: true, isIntra: true);

    private static bool Inter(DamageGate gate, long sequence) => gate.Admit(sequence, isCertain: true, isKey: false, isIntra: false);
}
