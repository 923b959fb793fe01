import { OF_INSTANCE } from '../../admin/sagemaker';
import { sagemaker, type ResourceType } from './resource-type';

export const NotebookInstanceLifecycleConfig: ResourceType = {
  async create(place, properties) {
    const name =
      properties.maybe<string>('NotebookInstanceLifecycleConfigName') ?? `${place.stack}-${place.logicalId}`;
    const input = {
      NotebookInstanceLifecycleConfigName: name,
      OnStart: properties.maybe('OnStart'),
      OnCreate: properties.maybe('OnCreate')
    };
    properties.done();
    const made = await sagemaker(place.plane, 'CreateNotebookInstanceLifecycleConfig', input);
    return {
      ref: String(made.NotebookInstanceLifecycleConfigArn),
      attributes: { NotebookInstanceLifecycleConfigName: name }
    };
  },
  async remove({ plane }, { attributes }) {
    await sagemaker(plane, 'DeleteNotebookInstanceLifecycleConfig', attributes);
  }
};

export const StudioLifecycleConfig: ResourceType = {
  async create({ plane }, properties) {
    const input = Object.fromEntries(
      ['Name', 'AppType', 'Content'].map(part => {
        const property = `StudioLifecycleConfig${part}`;
        return [property, properties.take<string>(property)];
      })
    );
    properties.done();
    const made = await sagemaker(plane, 'CreateStudioLifecycleConfig', input);
    return {
      ref: input.StudioLifecycleConfigName,
      attributes: { StudioLifecycleConfigArn: made.StudioLifecycleConfigArn }
    };
  },
  async remove({ plane }, { ref }) {
    await sagemaker(plane, 'DeleteStudioLifecycleConfig', { StudioLifecycleConfigName: ref });
  }
};

export const NotebookInstance: ResourceType = {
  async create({ plane }, properties) {
    const input = Object.fromEntries(OF_INSTANCE.map(name => [name, properties.maybe(name)]));
    properties.done();
    const made = await sagemaker(plane, 'CreateNotebookInstance', input);
    return {
      ref: String(made.NotebookInstanceArn),
      attributes: { NotebookInstanceName: input.NotebookInstanceName }
    };
  },
  async remove({ plane }, { attributes }) {
    await sagemaker(plane, 'DeleteNotebookInstance', attributes);
  }
};
