using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes the nested classes that hold the model's constants: the weights, and what is computed from them once.</summary>
internal static class ConstantMembers
{
    public static void Write(CodeWriter code, ModelContext model)
    {
        var used = model.Plan.PrepareSteps.Concat<PlanStep>(model.Plan.Steps)
            .SelectMany(step => step.Buffers)
            .Select(argument => argument.Buffer)
            .Concat(model.Plan.Defaults.Select(standard => standard.Constant))
            .Distinct()
            .OrderBy(index => index)
            .ToLookup(index => model.Plan.Buffers[index].Storage);
        if (used[Storage.Constant].Any())
        {
            WriteWeights(code, model, used[Storage.Constant]);
        }

        if (model.Plan.PrepareSteps.Count > 0)
        {
            WritePrepared(code, model, used[Storage.Prepared]);
        }
    }

    private static void WriteWeights(CodeWriter code, ModelContext model, IEnumerable<int> buffers)
    {
        var weights = model.Plan.Weights;
        code.Separate();
        code.Line("// Views over the embedded weights: where a constant begins, in bytes, and how many values it has.");
        code.Open("private static class Weights");
        if (weights.Length > 0)
        {
            code.Line($"private static readonly EmbeddedWeights File = EmbeddedWeights.Open(typeof(Weights).Assembly, {Literals.Of(weights.ResourceName)}, {Literals.Of(weights.Length)});");
            code.Line();
        }

        WriteViews(code, model, buffers, "File");
        code.Close();
    }

    private static void WritePrepared(CodeWriter code, ModelContext model, IEnumerable<int> buffers)
    {
        code.Separate();
        code.Line("// Constants that are computed from the weights before the first run.");
        code.Open("private static class Prepared");
        code.Line("private static readonly AlignedMemory Memory = Fill();");
        code.Line();
        WriteViews(code, model, buffers, "Memory");
        code.Line();
        code.Open("private static AlignedMemory Fill()");
        code.Line($"AlignedMemory memory = new({Literals.Of(model.Plan.PreparedLength)});");
        code.Line("Span<byte> prepared = memory.Bytes;");
        StepMembers.WriteCalls(code, model, StepMembers.Preparations(model));
        code.Line("return memory;");
        code.Close();
        StepMembers.WriteMethods(code, model, StepMembers.Preparations(model));
        code.Close();
    }

    private static void WriteViews(CodeWriter code, ModelContext model, IEnumerable<int> buffers, string memory)
    {
        foreach (var index in buffers)
        {
            var buffer = model.Plan.Buffers[index];
            var type = buffer.Type.CSharpName();
            var note = buffer.Note.Length == 0 ? string.Empty : $", {Literals.Comment(buffer.Note)}";
            var onnxName = buffer.OnnxName.Length == 0 ? string.Empty : $" \"{Literals.Comment(buffer.OnnxName)}\"";
            if (buffer.Type == ElementType.String && buffer.Length.Constant > 0)
            {
                var texts = buffer.Length.Constant == 0 ? "[]" : $"TextTable.Read({memory}.Span<byte>(0x{buffer.Offset:X}, {Literals.Of(model.Plan.Weights.Length - buffer.Offset)}), {Literals.Of(buffer.Length.Constant)})";
                code.Line($"public static ReadOnlySpan<string> {model.Names.Buffer(index)} => {model.Names.Buffer(index)}Table; //{onnxName} {ModelContext.Shape(buffer)}");
                code.Line($"private static readonly string[] {model.Names.Buffer(index)}Table = {texts};");
                continue;
            }

            var view = buffer.Length.Constant == 0 ? "default" : $"{memory}.Span<{type}>(0x{buffer.Offset:X}, {Literals.Of(buffer.Length.Constant)})";
            code.Line($"public static ReadOnlySpan<{type}> {model.Names.Buffer(index)} => {view}; //{onnxName} {ModelContext.Shape(buffer)}{note}");
        }
    }
}
