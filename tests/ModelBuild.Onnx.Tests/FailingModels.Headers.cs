using System.Collections.Generic;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Tests;

internal static partial class FailingModels
{
    private static IEnumerable<FailingModel> Headers()
    {
        yield return FailingModel.Changed("MB1011", "no IR version", model => model.ClearIrVersion());
        yield return FailingModel.Changed("MB1011", "IR version 0", model => model.IrVersion = 0);
        yield return FailingModel.Changed("MB1011", "a negative IR version", model => model.IrVersion = -8);
        yield return FailingModel.Changed("MB1012", "an IR version of the future", model => model.IrVersion = 1000);
        yield return FailingModel.Changed("MB1013", "no graph", model => model.Graph = null);
        yield return FailingModel.Changed("MB1014", "no operator set", model => model.OpsetImport.Clear());
        yield return FailingModel.Changed("MB1015", "an operator set of the future", model => model.OpsetImport[0].Version = 1000);
        yield return FailingModel.Changed("MB1015", "operator set version 0", model => model.OpsetImport[0].Version = 0);
        yield return FailingModel.Changed("MB1015", "an ai.onnx.ml of the future", model =>
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 99 }));
        yield return FailingModel.Changed("MB1016", "a node of a domain that is not imported", model => model.Graph.Node[0].Domain = "com.example");
        yield return FailingModel.Changed("MB1016", "a standard node where only ai.onnx.ml is imported", model =>
            model.OpsetImport[0] = new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 });
        yield return FailingModel.Changed("MB1017", "two versions of ai.onnx under its two names", model =>
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx", Version = 11 }));
        yield return FailingModel.Changed("MB1018", "training information", model => model.TrainingInfo.Add(new TrainingInfoProto()));
    }
}
