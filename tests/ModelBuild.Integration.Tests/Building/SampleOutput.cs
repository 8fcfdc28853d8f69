using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;

namespace ModelBuild.Integration.Tests.Building;

/// <summary>What the sample program printed: its table has a column for the 32-bit network and one for the 8-bit network.</summary>
internal sealed class SampleOutput
{
    public SampleOutput(string text)
    {
        Text = text;
        Accuracy = Row("accuracy", " %");
        AllocatedBytes = Row("and allocates", " B");
        ConstantKilobytes = Row("constants", " KB");
        OnnxKilobytes = double.Parse(Find(@"digits\.onnx: ([\d.]+) KB").Groups[1].Value, CultureInfo.InvariantCulture);
        var jitted = Find(@"(\d+) and (\d+) methods compiled");
        JittedMethods = (int.Parse(jitted.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(jitted.Groups[2].Value, CultureInfo.InvariantCulture));
        Fingerprints = Find(@"fingerprint +([0-9a-f]{8} +[0-9a-f]{8})").Groups[1].Value;
    }

    public string Text { get; }

    public (double Single, double Int8) Accuracy { get; }

    public (double Single, double Int8) AllocatedBytes { get; }

    public (double Single, double Int8) ConstantKilobytes { get; }

    public double OnnxKilobytes { get; }

    /// <summary>Methods that the JIT compiled for the first call of each network.</summary>
    public (int Single, int Int8) JittedMethods { get; }

    /// <summary>Hashes of all outputs of both networks.</summary>
    public string Fingerprints { get; }

    private (double Single, double Int8) Row(string name, string unit)
    {
        var match = Find($@"{name} +([\d.]+){unit} +([\d.]+){unit}");
        return (double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    private Match Find(string pattern)
    {
        var match = Regex.Match(Text, pattern);
        match.Success.ShouldBeTrue($"no {pattern} in:\n{Text}");
        return match;
    }
}
