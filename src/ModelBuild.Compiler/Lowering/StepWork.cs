using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Estimates how long a kernel call takes on one thread, from the sizes in its arguments: multiply-adds where a struct says how many, else the bytes that it
/// moves. The rates are rough and low-side: they only decide whether sharing pays.
/// </summary>
internal static class StepWork
{
    // Per nanosecond, on one core of an EPYC (Zen 4) with AVX-512. The convolutions of SqueezeNet and ResNet8 do 39 to 58 products in f32, 30 to 88 in 8 bits, and 170 to 280 in
    // 8 bits by Winograd's algorithm; a row of a fully connected layer 21 to 28 in f32 and 45 to 70 in 8 bits. Pooling 3x3 does 19 or more, padding and concatenation move 62 to
    // 73 bytes; functions such as exp are slower than that.
    private const int ProductsOfTiles = 50;
    private const int ProductsOfWinogradInt8 = 200;
    private const int ProductsOfRows = 24;
    private const int ProductsOfRowsInt8 = 60;
    private const int ProductsOfTaps = 16;
    private const int Bytes = 32;

    /// <summary>Nanoseconds, as an expression of the program's symbols.</summary>
    public static Dim Nanoseconds(KernelProgram program, KernelStep step)
    {
        foreach (var shape in step.Call.Arguments.OfType<StructArgument>())
        {
            switch (shape.Type.Name)
            {
                case nameof(ConvShape):
                    var depth = Dim.FloorDiv(Product(shape, nameof(ConvShape.KernelHeight), nameof(ConvShape.KernelWidth), nameof(ConvShape.InputChannels)), Size(shape, nameof(ConvShape.Groups)));
                    return Rate(Number(step, "batch") * Product(shape, nameof(ConvShape.OutputHeight), nameof(ConvShape.OutputWidth), nameof(ConvShape.OutputChannels)) * depth, IsWinogradInt8(step) ? ProductsOfWinogradInt8 : ProductsOfTiles);
                case nameof(WinogradShape):
                    // 36 products for each tile of outputs, and about half as much again for the transforms.
                    var tile = WinogradF32.Patch + 1 - Size(shape, nameof(WinogradShape.Kernel)).Constant;
                    var products = Number(step, "batch") * Product(shape, nameof(WinogradShape.OutputHeight), nameof(WinogradShape.OutputWidth), nameof(WinogradShape.OutputChannels), nameof(WinogradShape.InputChannels));
                    return Rate(products * (WinogradF32.Positions), (int)(tile * tile) * ProductsOfTiles * 2 / 3);
                case nameof(DenseShape):
                    var rows = Number(step, "rows");
                    var isRow = !rows.IsConstant || rows.Constant == 1;
                    return Rate(rows * Product(shape, nameof(DenseShape.Inputs), nameof(DenseShape.Outputs)), isRow ? ProductsOfRow(step) : ProductsOfTiles);
                case nameof(DepthwiseShape):
                case nameof(PoolShape):
                    return Rate(Number(step, "batch") * Product(shape, "OutputHeight", "OutputWidth", "Channels", "KernelHeight", "KernelWidth"), ProductsOfTaps);
            }
        }

        // Each value of the first operand is read once and becomes one value; the output may be larger, where others write the rest of it.
        var buffers = step.Call.Arguments.OfType<BufferArgument>().ToArray();
        var read = program.Buffers[buffers[0].Buffer].Type;
        var written = program.Buffers[buffers.Last(argument => argument.IsWritten).Buffer].Type;
        return Rate(read.Length * (read.Element.SizeInBytes() + written.Element.SizeInBytes()), Bytes);
    }

    /// <summary>A field of a struct.</summary>
    public static Dim Size(StructArgument shape, string field) => ((IntegerScalar)shape.Fields.Single(candidate => candidate.Name == field).Value).Value;

    /// <summary>An integer argument.</summary>
    public static Dim Number(KernelStep step, string parameter) =>
        ((IntegerScalar)step.Call.Arguments.OfType<ScalarArgument>().Single(argument => argument.Parameter == parameter).Value).Value;

    private static int ProductsOfRow(KernelStep step) => step.Call.Kernel.StartsWith(nameof(DenseInt8), StringComparison.Ordinal) ? ProductsOfRowsInt8 : ProductsOfRows;

    private static bool IsWinogradInt8(KernelStep step) => step.Call.Kernel.StartsWith($"{nameof(ConvInt8)}.{nameof(ConvInt8.RunWinograd)}", StringComparison.Ordinal);

    // Whole nanoseconds for every unit of what is not known yet: a batch of 1,000 tiny rows is a lot of work.
    private static Dim Rate(Dim work, int perNanosecond) => work.Terms.Aggregate(
        Dim.Zero, (sum, term) => sum + (Dim.ExactQuotient(Dim.Of(term), term.Coefficient)! * ((term.Coefficient + perNanosecond - 1) / perNanosecond)));

    private static Dim Product(StructArgument shape, params IEnumerable<string> fields) => Dim.Product(fields.Select(field => Size(shape, field)));
}
