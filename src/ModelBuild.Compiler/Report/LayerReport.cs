using System.Linq;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Report;

/// <summary>One layer with constant weights, as it was and as it became.</summary>
/// <param name="Name">The name of the ONNX node.</param>
/// <param name="Operator">The ONNX operator.</param>
/// <param name="Kernel">The kernel that computes it.</param>
/// <param name="Shape">Sizes and multiply-adds, as the kernel call notes them.</param>
/// <param name="BytesBefore">Weights and bias as 32-bit floats.</param>
/// <param name="BytesAfter">What the layer takes in the weights file.</param>
/// <param name="Density">The share of weights that are not zero.</param>
internal sealed record LayerReport(string Name, string Operator, string Kernel, string Shape, long BytesBefore, long BytesAfter, double Density)
{
    /// <summary>Finds the calls that came from the layer.</summary>
    /// <param name="layer">The layer of the original graph.</param>
    /// <param name="pruned">The graph whose weights are pruned and not yet quantized.</param>
    /// <param name="program">The compressed program.</param>
    public static LayerReport Of(WeightLayer layer, Graph pruned, KernelProgram program)
    {
        var steps = program.Calls.Where(step => step.Call.Nodes.Intersect(layer.Node.Origins).Any()).ToArray();
        var main = steps.MaxBy(step => StoredBytes(program, step));
        var weights = pruned.ProducerOf(layer.Node.Output)?.Inputs[1]?.Constant ?? layer.Weights;
        return new LayerReport(
            layer.Name,
            layer.Node.Op.Name,
            main?.Call.Kernel ?? "(folded)",
            main?.Call.Note ?? string.Empty,
            layer.Weights.Bytes.Length + (layer.Bias?.Bytes.Length ?? 0),
            steps.Sum(step => StoredBytes(program, step)),
            (double)NonZeros(weights) / weights.Length);
    }

    private static int NonZeros(Tensor weights)
    {
        var count = 0;
        foreach (var weight in weights.As<float>())
        {
            count += weight == 0 ? 0 : 1;
        }

        return count;
    }

    // Constants that the call reads, and those that its prepared operands are made of.
    private static long StoredBytes(KernelProgram program, KernelStep step)
    {
        var sum = 0L;
        foreach (var argument in step.Call.Arguments.OfType<BufferArgument>().Where(argument => !argument.IsWritten))
        {
            var buffer = program.Buffers[argument.Buffer];
            sum += buffer.Constant?.Bytes.Length ?? 0;
            if (buffer.Storage == Storage.Prepared && program.PrepareSteps.FirstOrDefault(prepare => Writes(prepare, argument.Buffer)) is { } preparation)
            {
                sum += StoredBytes(program, preparation);
            }
        }

        return sum;
    }

    private static bool Writes(KernelStep step, int buffer) => step.Call.Arguments.OfType<BufferArgument>().Any(argument => argument.IsWritten && argument.Buffer == buffer);
}
