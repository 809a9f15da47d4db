using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using VisionStream.Detector.Heads;
using VisionStream.Detector.Labels;

namespace VisionStream.Benchmarks;

/// <summary>
/// From the output of an 80-class model at 640 to the list of boxes. The floors: of the v8 layout <see cref="ReadOnly"/>, which reads its
/// 2.8 MB once; of v5 and YOLOX <see cref="V5ReadOnly"/> and <see cref="YoloxReadOnly"/>, which read the one number of each row that
/// nearly always decides; of the suppression <see cref="CopyOnly"/>, the copy that it sorts out in place. The output holds
/// <see cref="Objects"/> objects of ten overlapping candidates each. Expected: 0 bytes allocated.
/// </summary>
[MemoryDiagnoser]
[ExpectedAllocation(0)]
public class HeadBenchmarks
{
    private const int Classes = 80;
    private const float Confidence = 0.25f;

    private readonly V8Head _v8 = new(4 + Classes, 8400);
    private readonly V5Head _v5 = new(25200, 5 + Classes);
    private readonly YoloxHead _yolox = new(8400, 5 + Classes, 640, 640);
    private readonly CandidateBuffer _found = new(25200);
    private readonly float[] _v8Output = new float[(4 + Classes) * 8400];
    private readonly float[] _v5Output = new float[25200 * (5 + Classes)];
    private readonly float[] _yoloxOutput = new float[8400 * (5 + Classes)];
    private readonly Half[] _v8Halves = new Half[(4 + Classes) * 8400];
    private readonly float[] _widened = new float[(4 + Classes) * 8400];
    private Candidate[] _candidates = [];
    private Candidate[] _scratch = [];
    private ClassFilter? _animals;

    [Params(0, 10, 100)]
    public int Objects { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        for (var i = 0; i < Objects * 10; i++)
        {
            var column = i * 8;
            var (x, y) = ((i / 10 * 37 % 600) + random.Next(4), (i / 10 * 53 % 600) + random.Next(4));
            var (row5, rowX) = (column * 3 * (5 + Classes), column * (5 + Classes));
            float[] box = [x, y, 30, 40];
            for (var j = 0; j < 4; j++)
            {
                _v8Output[(j * 8400) + column] = box[j];
                _v5Output[row5 + j] = box[j];
                _yoloxOutput[rowX + j] = j < 2 ? 0.5f : 1;
            }

            var (classId, score) = (i / 10 % Classes, 0.3f + (random.NextSingle() * 0.6f));
            _v8Output[((4 + classId) * 8400) + column] = score;
            (_v5Output[row5 + 4], _v5Output[row5 + 5 + classId]) = (0.99f, score);
            (_yoloxOutput[rowX + 4], _yoloxOutput[rowX + 5 + classId]) = (0.99f, score);
        }

        for (var i = 0; i < _v8Output.Length; i++)
        {
            _v8Halves[i] = (Half)_v8Output[i];
        }

        ClassFilter.TryCreate([ClassFilter.AnimalsPreset], CocoLabels.Names, out _animals, out _);
        V8();
        _found.Sort();
        _candidates = _found.Items.ToArray();
        _scratch = new Candidate[_candidates.Length];
    }

    [Benchmark]
    public bool ReadOnly() => MemoryMarshal.Cast<float, int>(_v8Output.AsSpan()).Contains(-1);

    [Benchmark(Baseline = true)]
    public int V8() => Scan(_v8, _v8Output, null);

    [Benchmark]
    public int V8Animals() => Scan(_v8, _v8Output, _animals);

    [Benchmark]
    public int V8FromHalves()
    {
        HalfWidening.Widen(_v8Halves, _widened);
        return Scan(_v8, _widened, null);
    }

    [Benchmark]
    public int V5ReadOnly() => ReadObjectness(_v5Output);

    [Benchmark]
    public int V5() => Scan(_v5, _v5Output, null);

    [Benchmark]
    public int YoloxReadOnly() => ReadObjectness(_yoloxOutput);

    [Benchmark]
    public int Yolox() => Scan(_yolox, _yoloxOutput, null);

    [Benchmark]
    public void CopyOnly() => _candidates.CopyTo(_scratch, 0);

    [Benchmark]
    public int Suppression()
    {
        _candidates.CopyTo(_scratch, 0);
        return NonMaximumSuppression.Run(_scratch, 0.7f, 300);
    }

    private static int ReadObjectness(float[] output)
    {
        var above = 0;
        for (var i = 4; i < output.Length; i += 5 + Classes)
        {
            above += output[i] > Confidence ? 1 : 0;
        }

        return above;
    }

    private int Scan(DetectionHead head, float[] output, ClassFilter? filter)
    {
        _found.Clear();
        head.Scan(output, Confidence, filter, _found);
        return _found.Count;
    }
}
