using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Verification;

/// <summary>A model's generated class, compiled and loaded.</summary>
/// <param name="program">The program that was emitted.</param>
/// <param name="plan">Its plan.</param>
/// <param name="run">Calls the class; it finds sizes in the order of <see cref="EmittedDriver.SizeResults"/>.</param>
internal sealed class EmittedModel(Lowering.KernelProgram program, ModelPlan plan, EmittedCall run)
{
    /// <summary>Runs it once.</summary>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs)
    {
        var signature = program.Buffers.TakeWhile(buffer => buffer.Storage == Storage.Input).ToArray();
        var symbols = SymbolSolver.Solve(program.Symbols, [.. signature.Select(buffer => (buffer.Name, buffer.Type))], inputs, null).ToDictionary(StringComparer.Ordinal);
        int[] sizes = [.. plan.Symbols.Where(symbol => symbol.Input == -1).Select(symbol => checked((int)symbols[symbol.Name]))];
        var found = EmittedDriver.SizeResults(plan);
        var values = new int[found.Count];
        var results = run([.. inputs.Select(input => input.Type == ElementType.String ? (object)input.Strings.ToArray() : input.Bytes.ToArray())], sizes, values);
        foreach (var (symbol, value) in found.Zip(values))
        {
            symbols[symbol.Name] = value;
        }

        var outputs = plan.Buffers.Where(buffer => buffer.Storage == Storage.Output);
        return [.. outputs.Zip(results, (buffer, result) =>
        {
            long[] dims = [.. buffer.Shape.Select(dim => dim.Evaluate(name => symbols[name]))];
            return result is string[] texts ? Tensor.Of(texts, dims) : new Tensor(buffer.Type, dims, (byte[])result);
        })];
    }
}
