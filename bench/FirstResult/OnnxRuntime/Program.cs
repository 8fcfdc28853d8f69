using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Benchmarks;
using ModelBuild.Testing;
using ModelBuild.Testing.OnnxRuntime;

// Arguments: the model's file, and a file of floats for each input, batch 1. MODELBUILD_ONNXRUNTIME names the native library.
using OrtSession session = new(args[0], new OrtSessionOptions { MaySaturate = true });
Tensor[] inputs = [.. args.Skip(1).Select((path, i) => Tensor.Create<float>(Child.ReadInput(path), [.. session.Inputs[i].Dimensions.Select(d => Math.Max(d, 1))]))];
IReadOnlyList<Tensor> outputs = session.Run(inputs);
return Child.Finish(outputs[0].Values<float>());
